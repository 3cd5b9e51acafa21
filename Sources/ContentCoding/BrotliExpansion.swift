private import CContentCoding

/// Bounded decoding of the Brotli format (RFC 7932).
enum BrotliExpansion {
    /// The first `limit` bytes; `nil` if not one byte or a complete empty stream comes out.
    static func decode(_ input: [UInt8], limit: Int) -> DecodedBody? {
        guard let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
        defer { unsafe BrotliDecoderDestroyInstance(state) }
        var output = [UInt8](repeating: 0, count: min(limit, Int(Int32.max) - 1) + 1)
        var produced = 0
        var hasEnded = false
        unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var sourceCount = source.count
                var sourceStart = source.baseAddress
                var targetCount = target.count
                var targetStart = target.baseAddress
                let outcome = unsafe BrotliDecoderDecompressStream(
                    state,
                    &sourceCount,
                    &sourceStart,
                    &targetCount,
                    &targetStart,
                    nil,
                )
                produced = target.count - targetCount
                hasEnded = outcome == BROTLI_DECODER_RESULT_SUCCESS
            }
        }
        guard produced > 0 || hasEnded else { return nil }
        let isWhole = hasEnded && produced <= limit
        return DecodedBody(bytes: Array(output.prefix(min(produced, limit))), complete: isWhole)
    }
}
