/// What could be decoded of a body.
package struct DecodedBody: Sendable, Equatable {
    /// The decoded bytes, never more than the limit.
    package let bytes: [UInt8]
    /// Whether they are all that the body holds: the coded stream ended and nothing was left out.
    package let complete: Bool

    /// A decoded body.
    package init(bytes: [UInt8], complete: Bool) {
        self.bytes = bytes
        self.complete = complete
    }
}
