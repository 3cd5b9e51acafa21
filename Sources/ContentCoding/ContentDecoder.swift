/// Decodes the beginning of a coded body within a limit, whatever the input.
package enum ContentDecoder {
    /// Usual limit of what is decoded, in bytes.
    package static let usualLimit = 64 * 1024

    /// The first `limit` bytes of the decoded body.
    ///
    /// Input that is cut off gives what can be decoded of it, with `complete` false; so does input that turns bad
    /// half-way. `nil` if nothing at all can be decoded of input that is not empty.
    package static func decode(_ bytes: [UInt8], coding: ContentCoding, limit: Int = usualLimit) -> DecodedBody? {
        let room = max(0, limit)
        guard !bytes.isEmpty else { return DecodedBody(bytes: [], complete: coding == .identity) }
        switch coding {
        case .identity: return DecodedBody(bytes: Array(bytes.prefix(room)), complete: bytes.count <= room)
        case .gzip: return Inflation.decode(bytes, wrapping: .gzip, limit: room)
        case .deflate:
            // Many servers send the bare stream without the zlib wrapping that the name means.
            return Inflation.decode(bytes, wrapping: .zlib, limit: room)
                ?? Inflation.decode(bytes, wrapping: .none, limit: room)
        case .br: return BrotliExpansion.decode(bytes, limit: room)
        case .zstd: return ZstandardExpansion.decode(bytes, limit: room)
        }
    }
}
