private import CContentCoding

/// Codes one body with Zstandard, piece by piece (RFC 8878, as a content coding RFC 9659).
///
/// The same bytes at the same level give the same coded bytes however they are cut, as long as nothing is flushed on
/// the way. Belongs to one loop or task at a time.
@safe package final class ZstandardEncoder {
    /// The level where none is named, which is the library's own.
    package static let usualLevel = 3

    /// The window, as a power of two: 512 KiB keep the memory of many bodies at once in bounds.
    private static let window: Int32 = 19

    private let context: OpaquePointer
    private var room = [UInt8](repeating: 0, count: 16 * 1024)
    private var state = EncoderState.idle

    /// An encoder for one body; `level` is 1 (quick) to 19 (small), and brought into that range.
    package init(level: Int = ZstandardEncoder.usualLevel) throws(EncodingFault) {
        guard let context = unsafe ZSTD_createCCtx() else { throw .noMemory(.zstd) }
        let level = Int32(min(max(level, 1), 19))
        guard unsafe ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)) == 0,
            unsafe ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, Self.window)) == 0
        else {
            unsafe ZSTD_freeCCtx(context)
            throw .failed(.zstd)
        }
        unsafe self.context = context
    }

    deinit { unsafe ZSTD_freeCCtx(context) }

    /// Takes a piece of the body, and appends to `output` what has come out.
    package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.zstd)
        guard !bytes.isEmpty else { return }
        let isDone = unsafe bytes.withUnsafeBufferPointer { piece in unsafe run(piece, ZSTD_e_continue, &output) }
        try settle(isDone, as: .holding)
    }

    /// Appends all that was taken so far in a form that can be decoded at once; nothing if nothing was taken since.
    package func flush(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.zstd)
        guard state == .holding else { return }
        try settle(unsafe run(UnsafeBufferPointer(start: nil, count: 0), ZSTD_e_flush, &output), as: .idle)
    }

    /// Appends the rest and the end; the encoder takes nothing after that.
    package func finish(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.zstd)
        try settle(unsafe run(UnsafeBufferPointer(start: nil, count: 0), ZSTD_e_end, &output), as: .finished)
    }

    private func settle(_ isDone: Bool, as next: EncoderState) throws(EncodingFault) {
        state = isDone ? next : .failed
        guard isDone else { throw .failed(.zstd) }
    }

    /// Gives the library `bytes` until it has no more to say; whether all went well.
    private func run(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ directive: ZSTD_EndDirective,
        _ output: inout [UInt8]
    ) -> Bool {
        var from = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var produced = 0
            let rest = unsafe room.withUnsafeMutableBufferPointer { target in
                var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                let rest = unsafe ZSTD_compressStream2(context, &to, &from, directive)
                produced = unsafe to.pos
                return rest
            }
            output.append(contentsOf: room[..<produced])
            guard ZSTD_isError(rest) == 0 else { return false }
            let isTaken = unsafe from.pos == from.size
            if isTaken, rest == 0 || directive == ZSTD_e_continue { return true }
        }
    }
}
