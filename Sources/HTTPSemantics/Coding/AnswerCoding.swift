/// A content coding that the gateway can put answers into (RFC 9110, section 8.4.1).
package enum AnswerCoding: String, Sendable, CaseIterable {
    case gzip
    case br
    case zstd

    /// What ends the opaque part of an entity tag that names a representation in this coding.
    var suffix: [UInt8] {
        switch self {
        case .gzip: [0x2D, 0x2D, 0x67, 0x7A]
        case .br: [0x2D, 0x2D, 0x62, 0x72]
        case .zstd: [0x2D, 0x2D, 0x7A, 0x73]
        }
    }

    /// The coding whose suffix ends `opaque`, if any does.
    static func ofSuffix(_ opaque: ArraySlice<UInt8>) -> Self? {
        let end = opaque.suffix(4)
        return allCases.first { end.elementsEqual($0.suffix) }
    }
}
