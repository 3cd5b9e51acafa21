private import CContentCoding

/// Bounded decoding of the Zstandard format (RFC 8878), one or more frames.
enum ZstandardExpansion {
    /// The largest window that a content coding may ask for, as a power of two: 8 MiB (RFC 9659).
    private static let largestWindow: Int32 = 23

    /// The first `limit` bytes; `nil` if not one byte or a complete empty stream comes out.
    static func decode(_ input: [UInt8], limit: Int) -> DecodedBody? {
        guard let context = unsafe ZSTD_createDCtx() else { return nil }
        defer { unsafe ZSTD_freeDCtx(context) }
        guard
            unsafe ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, largestWindow)) == 0
        else { return nil }
        // One byte more than wanted tells a stream that ends at the limit from one that goes on.
        var output = [UInt8](repeating: 0, count: min(limit, Int(Int32.max) - 1) + 1)
        var produced = 0
        var hasEnded = false
        unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                hasEnded = unsafe expand(context, &from, &to, input)
                produced = unsafe to.pos
            }
        }
        guard produced > 0 || hasEnded else { return nil }
        let isWhole = hasEnded && produced <= limit
        return DecodedBody(bytes: Array(output.prefix(min(produced, limit))), complete: isWhole)
    }

    /// Decodes frame after frame; whether the last one ended with the input.
    private static func expand(
        _ context: OpaquePointer,
        _ from: inout ZSTD_inBuffer,
        _ to: inout ZSTD_outBuffer,
        _ input: [UInt8]
    ) -> Bool {
        var isBetweenFrames = true
        while unsafe from.pos < from.size && to.pos < to.size {
            guard unsafe !isBetweenFrames || isFrame(input[from.pos...]) else { return false }
            let before = unsafe (from.pos, to.pos)
            let outcome = unsafe ZSTD_decompressStream(context, &to, &from)
            guard ZSTD_isError(outcome) == 0 else { return false }
            isBetweenFrames = outcome == 0
            guard unsafe from.pos > before.0 || to.pos > before.1 else { return false }
        }
        return unsafe isBetweenFrames && from.pos == from.size
    }

    /// Whether a frame of RFC 8878 begins here: the library knows older formats too, which nobody may send.
    private static func isFrame(_ bytes: ArraySlice<UInt8>) -> Bool {
        let magic = Array(bytes.prefix(4))
        let ordinary: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
        let skippable: [UInt8] = [0x2A, 0x4D, 0x18]
        guard magic.count == 4 else { return ordinary.starts(with: magic) }
        return magic == ordinary || magic[0] & 0xF0 == 0x50 && magic[1...].elementsEqual(skippable)
    }
}
