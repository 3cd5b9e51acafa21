/// One header field of a head, as ranges of its bytes.
package struct FieldLine: Sendable {
    /// The name as it came.
    package var name: ByteSlice
    /// The value without surrounding white space.
    package var value: ByteSlice
    /// Offset just past the line's CRLF; the line begins where its name does.
    package var end: UInt16
    /// Which field it is.
    package var id: FieldName
}
