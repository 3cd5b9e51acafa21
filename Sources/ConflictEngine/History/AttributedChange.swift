/// One place of a resource that changed, and who changed it last where that is known.
package struct AttributedChange: Sendable, Equatable {
    /// The place, as a plain RFC 6901 pointer; empty for the whole.
    package let pointer: String
    /// The consumer who wrote; `nil` if unknown or anonymous.
    package var consumer: String?
    /// When it was written, in milliseconds since 1970; `nil` if that did not pass the gateway.
    package var time: Int64?
    /// The request that wrote.
    package var requestID: String?

    /// A change whose author is not known.
    package init(pointer: String, consumer: String? = nil, time: Int64? = nil, requestID: String? = nil) {
        self.pointer = pointer
        self.consumer = consumer
        self.time = time
        self.requestID = requestID
    }
}
