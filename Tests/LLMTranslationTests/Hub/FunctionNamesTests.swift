import LLMTranslation
import Testing

@Suite struct FunctionNamesTests {
    private func send<D: Dialect>(_ name: String, _ dialect: D.Type, itself: Bool = true) throws(MalformedRequest) {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "a")])
        conversation.tools = [.function(FunctionTool(name: name))]
        var losses: [Loss] = []
        _ = try dialect.body(of: conversation, for: ProviderProfile(isVendorItself: itself), losses: &losses)
    }

    @Test(arguments: ["my.tool", "my:tool", "müll", "a b"])
    func `names that most vendors refuse are refused`(name: String) throws {
        for dialect in [
            OpenAIChatDialect.self, OpenAIResponsesDialect.self, AnthropicDialect.self, MistralDialect.self,
        ] as [any Dialect.Type] {
            let fault = #expect(throws: MalformedRequest.self) { try send(name, dialect) }
            #expect(fault?.field == "tools.function.name" && fault?.message.contains("«\(name)»") == true)
        }
        try send(name, GeminiDialect.self)
        try send(name, OllamaDialect.self)
    }

    @Test func `names that are too long are refused where the vendor itself is asked`() throws {
        let name = String(repeating: "a", count: 65)
        #expect(throws: MalformedRequest.self) { try send(name, OpenAIChatDialect.self) }
        try send(name, OpenAIChatDialect.self, itself: false)
        try send(name, AnthropicDialect.self)
    }
}
