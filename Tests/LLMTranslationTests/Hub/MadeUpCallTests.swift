import HTTPSemantics
import LLMTranslation
import Testing

/// Calls that came without identifiers, as some compatible servers and old fields have them.
@Suite struct MadeUpCallTests {
    private static let calls = [
        ToolCall(id: "", name: "f", arguments: "{}"), ToolCall(id: "", name: "f", arguments: "{}"),
    ]

    private func faces() -> [AnswerFace] {
        ["s1", "s2"].map { AnswerFace(model: "m", seed: $0, created: 1) }
    }

    private func identifiers(_ text: String) -> [String] {
        text.split(separator: "\"id\":\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    private func checked(_ texts: [String]) {
        let found = texts.flatMap(identifiers)
        #expect(found.count == 4 && Set(found).count == 4 && !found.contains(""), "\(found)")
    }

    @Test func `whole answers name them, other answers otherwise`() {
        let completion = Completion(
            id: "",
            model: "",
            choices: [Completion.Choice(parts: Self.calls.map { .toolCall($0) }, stop: .tool)]
        )
        for dialect in [GeminiDialect.self, OllamaDialect.self] as [any Dialect.Type] {
            checked(faces().map { SpokeTesting.text(dialect.body(of: completion, as: $0)) })
        }
    }

    @Test func `answers in pieces name them, other answers otherwise`() {
        let events = Self.calls.enumerated().map { StreamEvent.callStarted(choice: 0, call: $0.offset, $0.element) }
        for dialect in [GeminiDialect.self, OllamaDialect.self] as [any Dialect.Type] {
            checked(
                faces().map {
                    SpokeTesting.written(dialect.makeWriter(as: $0), events + [.stopped(choice: 0, .tool), .ended])
                }
            )
        }
    }

    @Test func `an answer of Gemini's that has no identifier leaves its calls to the writer`() throws {
        let part = #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"w"}}]},"finishReason":"STOP"}]}"#
        let completion = try GeminiDialect.completion(of: SpokeTesting.object(part))
        #expect(completion.choices[0].parts == [.toolCall(ToolCall(id: "", name: "w", arguments: "{}"))])
        let events = SpokeTesting.events(GeminiDialect.makeReader(), "data: \(part)\n\n")
        #expect(events.contains(.callStarted(choice: 0, call: 0, ToolCall(id: "", name: "w", arguments: "{}"))))
    }
}
