/// Codes one body, piece by piece, in any of the codings that bodies are put into.
///
/// A body that comes whole or without pause needs no flush. Flushing makes what was taken so far readable at once, at
/// the price of some bytes and of coded bytes that depend on when it was done: a strong entity tag promises the same
/// bytes each time, so it and flushing do not go together.
package struct ContentEncoder {
    private enum Engine {
        case gzip(GzipEncoder)
        case br(BrotliEncoder)
        case zstd(ZstandardEncoder)
    }

    private let engine: Engine

    /// An encoder for one body; `level` is the coding's own measure, and its usual one where none is named.
    ///
    /// - Throws: ``EncodingFault/notOffered(_:)`` for `deflate` (two meanings in the wild) and `identity`.
    package init(coding: ContentCoding, level: Int? = nil) throws(EncodingFault) {
        switch coding {
        case .gzip: engine = .gzip(try GzipEncoder(level: level ?? GzipEncoder.usualLevel))
        case .br: engine = .br(try BrotliEncoder(level: level ?? BrotliEncoder.usualLevel))
        case .zstd: engine = .zstd(try ZstandardEncoder(level: level ?? ZstandardEncoder.usualLevel))
        case .deflate, .identity: throw .notOffered(coding)
        }
    }

    /// Takes a piece of the body, and appends to `output` what has come out.
    package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(EncodingFault) {
        switch engine {
        case .gzip(let encoder): try encoder.encode(bytes, into: &output)
        case .br(let encoder): try encoder.encode(bytes, into: &output)
        case .zstd(let encoder): try encoder.encode(bytes, into: &output)
        }
    }

    /// Appends all that was taken so far in a form that can be decoded at once; nothing if nothing was taken since.
    package func flush(into output: inout [UInt8]) throws(EncodingFault) {
        switch engine {
        case .gzip(let encoder): try encoder.flush(into: &output)
        case .br(let encoder): try encoder.flush(into: &output)
        case .zstd(let encoder): try encoder.flush(into: &output)
        }
    }

    /// Appends the rest and the end; the encoder takes nothing after that.
    package func finish(into output: inout [UInt8]) throws(EncodingFault) {
        switch engine {
        case .gzip(let encoder): try encoder.finish(into: &output)
        case .br(let encoder): try encoder.finish(into: &output)
        case .zstd(let encoder): try encoder.finish(into: &output)
        }
    }

    /// A whole body in `coding`.
    package static func encoded(
        _ bytes: [UInt8],
        as coding: ContentCoding,
        level: Int? = nil
    ) throws(EncodingFault) -> [UInt8] {
        let encoder = try ContentEncoder(coding: coding, level: level)
        var output: [UInt8] = []
        try encoder.encode(bytes.span, into: &output)
        try encoder.finish(into: &output)
        return output
    }
}
