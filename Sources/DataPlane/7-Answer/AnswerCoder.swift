import ContentCoding
import HTTPSemantics
import NIOCore

/// Codes one answer's body on the way to the client.
final class AnswerCoder {
    /// Whether what was taken may be flushed when the upstream pauses.
    let mayFlush: Bool
    private let encoder: ContentEncoder
    private var isFaulty = false

    /// A coder; `nil` if there is no memory for one.
    init?(_ coding: AnswerCoding, mayFlush: Bool) {
        guard let name = ContentCoding(rawValue: coding.rawValue), let encoder = try? ContentEncoder(coding: name)
        else {
            return nil
        }
        self.encoder = encoder
        self.mayFlush = mayFlush
    }

    /// What comes out when a piece goes in; `nil` after a fault, when the answer must be cut.
    func code(_ piece: ByteBuffer) -> [UInt8]? { collect { try encoder.encode(Array(buffer: piece).span, into: &$0) } }

    /// What was taken so far, in a form that can be decoded at once.
    func flush() -> [UInt8]? { collect { try encoder.flush(into: &$0) } }

    /// The rest.
    func finish() -> [UInt8]? { collect { try encoder.finish(into: &$0) } }

    private func collect(_ body: (inout [UInt8]) throws -> Void) -> [UInt8]? {
        guard !isFaulty else { return nil }
        var output: [UInt8] = []
        do {
            try body(&output)
            return output
        } catch {
            isFaulty = true
            return nil
        }
    }
}
