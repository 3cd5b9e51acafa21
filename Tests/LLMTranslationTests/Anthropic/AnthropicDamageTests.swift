import HTTPSemantics
import LLMTranslation
import Testing

/// Damaged input: nothing is expected of it but that it is taken or refused.
struct AnthropicDamageTests {
    private static let documents = AnthropicVectors.requests + [AnthropicVectors.answer]
    private static let flips = 300

    private static func damaged(_ bytes: [UInt8], seed: UInt64) -> [[UInt8]] {
        var chance = AnthropicChance(seed: seed)
        var all = (0..<flips).map { _ in
            var copy = bytes
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                copy[Int.random(in: copy.indices, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
            }
            return copy
        }
        for step in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
            all.append(Array(bytes[..<step]))
        }
        return all
    }

    /// The value with members removed and values swapped for others, so that all but the grammar is broken.
    private static func twisted(_ value: JSONValue, _ chance: inout AnthropicChance) -> JSONValue {
        let strange: [JSONValue] = [.null, true, -1, "", "text", [], [:], [["type": "text"]], 9_007_199_254_740_993]
        if Int.random(in: 0..<14, using: &chance) == 0 { return strange.randomElement(using: &chance) ?? .null }
        switch value {
        case .array(let elements): return .array(elements.map { twisted($0, &chance) })
        case .object(let object):
            var copy = JSONObject()
            for member in object.members where Int.random(in: 0..<20, using: &chance) > 0 {
                copy.set(member.name, to: twisted(member.value, &chance))
            }
            return .object(copy)
        default: return value
        }
    }

    private static func tryAll(_ value: JSONValue) {
        guard let object = value.object else { return }
        var losses: [Loss] = []
        let conversations = [
            try? AnthropicDialect.conversation(of: object, model: nil, streams: nil, losses: &losses),
            try? AnthropicDialect.conversation(ofCount: object, model: "m", losses: &losses),
        ]
        for conversation in conversations.compactMap({ $0 }) {
            _ = try? AnthropicDialect.body(of: conversation, for: ProviderProfile(), losses: &losses)
            _ = try? AnthropicDialect.countBody(of: conversation, losses: &losses)
        }
        if let completion = try? AnthropicDialect.completion(of: object) {
            _ = AnthropicDialect.body(of: completion, as: AnthropicSample.face)
        }
        _ = AnthropicDialect.usage(of: object["usage"])
        _ = try? AnthropicDialect.count(of: object)
    }

    @Test(arguments: documents.indices)
    func `damaged documents are taken or refused`(index: Int) throws {
        let bytes = Array(Self.documents[index].utf8)
        for copy in Self.damaged(bytes, seed: UInt64(index)) {
            if let value = try? JSONParser.parse(copy) { Self.tryAll(value) }
            #expect(AnthropicDialect.failure(status: 400, body: copy) { _ in nil }.status == 400)
        }
        var chance = AnthropicChance(seed: UInt64(90 + index))
        let value = try JSONParser.parse(bytes)
        for _ in 0..<600 { Self.tryAll(Self.twisted(value, &chance)) }
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `damaged streams end once, and so does what is written of them`(index: Int) {
        for copy in Self.damaged(Array(AnthropicVectors.streams[index].text.utf8), seed: UInt64(index)) {
            let events = AnthropicSample.events([copy[...]])
            let ends = events.filter { $0 == .ended || $0.anthropicText.hasPrefix("failed") }
            #expect(ends.count == 1 && ends.first == events.last)
            let again = AnthropicSample.events(AnthropicSample.stream(events))
            #expect((again.last == .ended) == (events.last == .ended))
        }
    }
}
