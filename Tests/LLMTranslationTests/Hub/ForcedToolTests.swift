import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ForcedToolTests {
    private static let dialects: [any Dialect.Type] = [
        OpenAIChatDialect.self, OpenAIResponsesDialect.self, AnthropicDialect.self, GeminiDialect.self,
        MistralDialect.self,
    ]

    /// What is left of a choice that forces `name`, where the request has a function and a tool of Ollama's, which runs none.
    private func choice(_ name: String, _ dialect: any Dialect.Type) throws -> (choice: JSONValue?, losses: [String]) {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "q")])
        conversation.tools = [
            .function(FunctionTool(name: "f")), .native(.ollama, JSONObject([("name", "computer")])),
        ]
        conversation.toolChoice = .function(name)
        var losses: [Loss] = []
        let body = try dialect.body(of: conversation, for: ProviderProfile(), losses: &losses)
        return (body["tool_choice"] ?? body["toolConfig"], losses.map(\.field))
    }

    @Test func `a tool that the provider does not get cannot be forced`() throws {
        for dialect in Self.dialects {
            let (choice, losses) = try choice("computer", dialect)
            #expect(choice == nil && losses.contains("tool_choice"), "\(dialect)")
        }
    }

    @Test func `a function that it gets can`() throws {
        for dialect in Self.dialects {
            let (choice, losses) = try choice("f", dialect)
            #expect(choice != nil && !losses.contains("tool_choice"), "\(dialect)")
        }
    }
}
