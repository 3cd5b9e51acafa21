/// What of a request bears on whether its answer is coded.
package struct CompressionRequest: Sendable {
    /// What the method does, as far as an entity tag's meaning hangs on it.
    package enum Method: Sendable {
        /// GET and HEAD: the answer's tag names what the answer holds.
        case read
        /// PUT, PATCH, POST and DELETE: the answer's tag names what is stored now, not what the answer holds.
        case write
        /// Any other: what the tag names is not known.
        case other
    }

    /// What the method does.
    package var method: Method
    /// What the request accepts.
    package var accepted: AcceptEncoding
    /// The client's lines of `If-None-Match`, not yet mapped back; only a 304 asks for them.
    package var ifNoneMatch: [[UInt8]]
    /// Whether the request's `Cache-Control` has `no-transform`.
    package var forbidsTransforming: Bool

    /// A request with these values.
    package init(
        method: Method,
        accepted: AcceptEncoding,
        ifNoneMatch: [[UInt8]] = [],
        forbidsTransforming: Bool = false
    ) {
        self.method = method
        self.accepted = accepted
        self.ifNoneMatch = ifNoneMatch
        self.forbidsTransforming = forbidsTransforming
    }
}
