private import CContentCoding

/// Bounded decoding of the deflate format with zlib (RFC 1950, 1951, 1952).
enum Inflation {
    /// What is around the deflate stream; raw values are zlib's window bits.
    enum Wrapping: Int32 {
        case gzip = 31
        case zlib = 15
        case none = -15
    }

    /// The first `limit` bytes; `nil` if not one byte or a complete empty stream comes out.
    static func decode(_ input: [UInt8], wrapping: Wrapping, limit: Int) -> DecodedBody? {
        var input = Array(input.prefix(Int(Int32.max)))
        // One byte more than wanted tells a stream that ends at the limit from one that goes on.
        var output = [UInt8](repeating: 0, count: min(limit, Int(Int32.max) - 1) + 1)
        var produced = 0
        var hasEnded = false
        let started = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var stream = unsafe z_stream()
                guard unsafe parley_inflate_start(&stream, wrapping.rawValue) == Z_OK else { return false }
                defer { unsafe inflateEnd(&stream) }
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                let outcome = unsafe inflate(&stream, Z_SYNC_FLUSH)
                produced = unsafe target.count - Int(stream.avail_out)
                hasEnded = outcome == Z_STREAM_END
                return true
            }
        }
        guard started, produced > 0 || hasEnded else { return nil }
        let isWhole = hasEnded && produced <= limit
        return DecodedBody(bytes: Array(output.prefix(min(produced, limit))), complete: isWhole)
    }
}
