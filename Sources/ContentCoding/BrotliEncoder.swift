private import CContentCoding

/// Codes one body with Brotli, piece by piece (RFC 7932).
///
/// The same bytes at the same level give the same coded bytes however they are cut, as long as nothing is flushed on
/// the way. Belongs to one loop or task at a time.
@safe package final class BrotliEncoder {
    /// The level where none is named: about gzip's speed, and smaller.
    package static let usualLevel = 4

    /// The window, as a power of two: 256 KiB keep the memory of many bodies at once in bounds.
    private static let window: UInt32 = 18

    private let encoder: OpaquePointer
    private var room = [UInt8](repeating: 0, count: 16 * 1024)
    private var state = EncoderState.idle

    /// An encoder for one body; `level` is 0 (quick) to 11 (small), and brought into that range.
    package init(level: Int = BrotliEncoder.usualLevel) throws(EncodingFault) {
        guard let encoder = unsafe BrotliEncoderCreateInstance(nil, nil, nil) else { throw .noMemory(.br) }
        let quality = UInt32(min(max(level, 0), 11))
        guard unsafe BrotliEncoderSetParameter(encoder, BROTLI_PARAM_QUALITY, quality) != 0,
            unsafe BrotliEncoderSetParameter(encoder, BROTLI_PARAM_LGWIN, Self.window) != 0
        else {
            unsafe BrotliEncoderDestroyInstance(encoder)
            throw .failed(.br)
        }
        unsafe self.encoder = encoder
    }

    deinit { unsafe BrotliEncoderDestroyInstance(encoder) }

    /// Takes a piece of the body, and appends to `output` what has come out.
    package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.br)
        guard !bytes.isEmpty else { return }
        let isDone = unsafe bytes.withUnsafeBufferPointer { piece in
            unsafe run(piece, BROTLI_OPERATION_PROCESS, &output)
        }
        try settle(isDone, as: .holding)
    }

    /// Appends all that was taken so far in a form that can be decoded at once; nothing if nothing was taken since.
    package func flush(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.br)
        guard state == .holding else { return }
        try settle(unsafe run(UnsafeBufferPointer(start: nil, count: 0), BROTLI_OPERATION_FLUSH, &output), as: .idle)
    }

    /// Appends the rest and the end; the encoder takes nothing after that.
    package func finish(into output: inout [UInt8]) throws(EncodingFault) {
        try state.requireOpen(.br)
        try settle(
            unsafe run(UnsafeBufferPointer(start: nil, count: 0), BROTLI_OPERATION_FINISH, &output),
            as: .finished
        )
    }

    private func settle(_ isDone: Bool, as next: EncoderState) throws(EncodingFault) {
        state = isDone ? next : .failed
        guard isDone else { throw .failed(.br) }
    }

    /// Gives the library `bytes` until it has no more to say; whether all went well.
    private func run(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ operation: BrotliEncoderOperation,
        _ output: inout [UInt8]
    ) -> Bool {
        var sourceCount = bytes.count
        var sourceStart = bytes.baseAddress
        while true {
            var produced = 0
            let isFine = unsafe room.withUnsafeMutableBufferPointer { target in
                var targetCount = target.count
                var targetStart = target.baseAddress
                let outcome = unsafe BrotliEncoderCompressStream(
                    encoder,
                    operation,
                    &sourceCount,
                    &sourceStart,
                    &targetCount,
                    &targetStart,
                    nil
                )
                produced = target.count - targetCount
                return outcome != 0
            }
            output.append(contentsOf: room[..<produced])
            guard isFine else { return false }
            if sourceCount == 0, unsafe BrotliEncoderHasMoreOutput(encoder) == 0 {
                return unsafe operation != BROTLI_OPERATION_FINISH || BrotliEncoderIsFinished(encoder) != 0
            }
        }
    }
}
