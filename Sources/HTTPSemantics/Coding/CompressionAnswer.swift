/// What of an upstream's answer head bears on whether it is coded.
package struct CompressionAnswer: Sendable {
    /// The status.
    package var status: Int
    /// `Content-Length` in bytes, for HEAD as for GET; `nil` where the length is not known.
    package var length: Int?
    /// The value of `Content-Type`; `nil` where it is absent or repeated.
    package var contentType: ArraySlice<UInt8>?
    /// The value of `ETag`; `nil` where it is absent.
    package var etag: ArraySlice<UInt8>?
    /// Whether `ETag` is there more than once, so that nobody can say which counts.
    package var isTagRepeated = false
    /// Whether there is a `Content-Encoding`, whatever it names.
    package var isCoded = false
    /// Whether there is a `Content-Range`.
    package var isPartial = false
    /// Whether the answer's `Cache-Control` has `no-transform`; see ``CacheDirective``.
    package var forbidsTransforming = false

    /// An answer with this status, of which the rest is to be said.
    package init(status: Int) { self.status = status }
}
