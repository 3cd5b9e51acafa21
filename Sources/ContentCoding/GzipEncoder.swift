private import CContentCoding

/// Codes one body with gzip, piece by piece (RFC 1952, by zlib).
///
/// The same bytes at the same level give the same coded bytes however they are cut, as long as nothing is flushed on
/// the way. Takes about 270 KiB. Belongs to one loop or task at a time.
@safe package final class GzipEncoder {
    /// The level where none is named: a little below zlib's own, for a good deal less time.
    package static let usualLevel = 5

    private let stream: UnsafeMutablePointer<z_stream>
    private var room = [UInt8](repeating: 0, count: 16 * 1024)
    private var state = EncoderState.idle

    /// An encoder for one body; `level` is 1 (quick) to 9 (small), and brought into that range.
    package init(level: Int = GzipEncoder.usualLevel) throws(EncodingFault) {
        guard let stream = unsafe parley_gzip_start(Int32(min(max(level, 1), 9))) else { throw .noMemory(.gzip) }
        unsafe self.stream = stream
    }

    deinit { unsafe parley_gzip_end(stream) }

    /// Takes a piece of the body, and appends to `output` what has come out.
    package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.gzip)
        guard !bytes.isEmpty else { return }
        var start = 0
        while start < bytes.count {
            // The library counts in 32 bits.
            let end = min(bytes.count, start + (1 << 30))
            let isDone = unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { piece in
                unsafe run(piece, Z_NO_FLUSH, &output)
            }
            try settle(isDone, as: .holding)
            start = end
        }
    }

    /// Appends all that was taken so far in a form that can be decoded at once; nothing if nothing was taken since.
    package func flush(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.gzip)
        guard state == .holding else { return }
        try settle(unsafe run(UnsafeBufferPointer(start: nil, count: 0), Z_SYNC_FLUSH, &output), as: .idle)
    }

    /// Appends the rest and the end; the encoder takes nothing after that.
    package func finish(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.gzip)
        try settle(unsafe run(UnsafeBufferPointer(start: nil, count: 0), Z_FINISH, &output), as: .finished)
    }

    private func settle(_ isDone: Bool, as next: EncoderState) throws(EncodingFault) {
        state = isDone ? next : .failed
        guard isDone else { throw .failed(.gzip) }
    }

    /// Gives the library `bytes` until it has no more to say; whether all went well.
    private func run(_ bytes: UnsafeBufferPointer<UInt8>, _ mode: Int32, _ output: inout [UInt8]) -> Bool {
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        defer { unsafe stream.pointee.next_in = nil }
        while true {
            var produced = 0
            let outcome = unsafe room.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(target.count)
                let outcome = unsafe deflate(stream, mode)
                produced = unsafe target.count - Int(stream.pointee.avail_out)
                return outcome
            }
            output.append(contentsOf: room[..<produced])
            if outcome == Z_STREAM_END { return true }
            guard outcome == Z_OK || outcome == Z_BUF_ERROR else { return false }
            // Room that is left over means that nothing waits any more; only the end is said explicitly.
            if produced < room.count { return unsafe mode != Z_FINISH && stream.pointee.avail_in == 0 }
        }
    }
}
