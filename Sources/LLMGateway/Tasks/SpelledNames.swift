import HTTPSemantics
import LLMTranslation

/// Names of members that only differ in case from those that the gateway goes by.
///
/// Servers written in Go, Ollama among them, take `Model` for `model`, and of several the last: what was checked would not be
/// what is done.
enum SpelledNames {
    /// Names at the top of requests, in small letters.
    private static let top: Set<String> = [
        "model", "stream", "stream_options", "messages", "prompt", "input", "images", "options", "max_tokens",
        "max_completion_tokens", "max_output_tokens", "n", "best_of", "tools", "suffix", "system", "service_tier",
        "speed", "inference_geo",
    ]
    /// Names within Ollama's options and messages.
    private static let inner: Set<String> = ["num_predict", "num_ctx", "content", "images", "role", "tool_calls"]

    /// - Throws: ``MalformedRequest`` that says how the name is written.
    static func check(
        _ outline: JSONOutline,
        _ body: [UInt8],
        _ operation: SurfaceOperation
    ) throws(MalformedRequest) {
        for member in outline.members where hasCapital(body[member.name]) {
            try check(outline.name(of: member, in: body) ?? "", among: top)
        }
        guard operation.family == .ollama, mayHideNames(body) else { return }
        for name in outline.value("options", in: body)?.object?.members ?? [] { try check(name.name, among: inner) }
        for message in outline.value("messages", in: body)?.array ?? [] {
            for member in message.object?.members ?? [] { try check(member.name, among: inner) }
        }
    }

    private static func check(_ name: String, among known: Set<String>) throws(MalformedRequest) {
        let small = folded(name)
        guard small != name, known.contains(small) else { return }
        throw MalformedRequest(small, "«\(name)» is written \(small).")
    }

    private static func hasCapital(_ name: ArraySlice<UInt8>) -> Bool {
        // An escape may stand for a capital; names that need one are rare.
        name.contains { (0x41...0x5A).contains($0) || $0 == 0x5C || $0 >= 0x80 }
    }

    /// Whether a short text somewhere in the body may be one of the inner names, in other letters.
    private static func mayHideNames(_ body: [UInt8]) -> Bool {
        let bytes = body.span
        var index = 0
        while true {
            index = PlainRun.end(bytes, from: index)
            guard index < bytes.count else { return false }
            index += 1
            guard bytes[index - 1] == 0x22 else { continue }
            var end = index
            while end < bytes.count, end - index < longestName, bytes[end] != 0x22 { end += 1 }
            guard end < bytes.count, bytes[end] == 0x22, hasCapital(body[index..<end]) else { continue }
            let text = body[index..<end]
            let isPlain = text.allSatisfy { $0 != 0x5C && $0 < 0x80 }
            if !isPlain || inner.contains(folded(String(decoding: text, as: UTF8.self))) { return true }
        }
    }

    /// Bytes of the longest inner name, every letter of it written as an escape.
    private static let longestName = 72

    /// As Go's decoder compares names: the long s and the sign of Kelvin are letters too.
    private static func folded(_ name: String) -> String { name.uppercased().lowercased() }
}
