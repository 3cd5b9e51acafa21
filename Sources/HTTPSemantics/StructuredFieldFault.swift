/// A field that is not a structured field of the wanted sort; by RFC 9651 the whole field is then ignored or refused.
package struct StructuredFieldFault: Error, Equatable {
    /// Where reading stopped: bytes from the start, lines joined by `, `.
    package let offset: Int
}
