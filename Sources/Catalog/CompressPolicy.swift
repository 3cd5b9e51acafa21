/// How answers are coded on the way to the client; their tags keep working in conditions.
package struct CompressPolicy: Sendable, Equatable {
    /// A content coding (RFC 9110, section 8.4.1).
    package enum Coding: String, Sendable, Equatable, CaseIterable {
        case gzip
        case br
        case zstd
    }

    /// The codings offered, the one liked best first.
    package var codings: [Coding] = [.zstd, .br, .gzip]
    /// The shortest content worth coding, in bytes.
    package var minimumLength = 1024

    /// The defaults.
    package init() {}
}
