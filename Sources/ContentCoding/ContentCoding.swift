/// A content coding that bodies can be looked into (RFC 9110, section 8.4.1).
package enum ContentCoding: String, Sendable, CaseIterable {
    case gzip
    case deflate
    case br
    case zstd
    case identity

    /// The coding that a `Content-Encoding` value names; `nil` for unknown ones and for several on top of each other.
    package init?(fieldValue: String) {
        let name = fieldValue.filter { $0 != " " && $0 != "\t" }.lowercased()
        switch name {
        case "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "br": self = .br
        case "zstd": self = .zstd
        default: return nil
        }
    }
}
