import LLMTranslation
import Testing

@Suite struct FieldSpellingTests {
    /// Fields as OpenAI's chat spells them, then as Responses, Anthropic, Gemini and Ollama do.
    private static let table = [
        ["reasoning_effort", "reasoning.effort", "thinking", "generationConfig.thinkingConfig", "think"],
        ["response_format", "text.format", "output_config.format", "generationConfig.responseMimeType", "format"],
        ["messages[2].content[0]", "input", "messages[2].content[0]", "contents", "messages[2].content[0]"],
        ["top_p", "top_p", "top_p", "generationConfig.topP", "options.top_p"],
        ["user", "user", "metadata.user_id", "labels", "user"],
        ["tools[1]", "tools[1]", "tools[1]", "tools[1]", "tools[1]"],
        [
            "tools.function.name", "tools.name", "tools.name", "tools.functionDeclarations.name",
            "tools.function.name",
        ],
        [
            "parallel_tool_calls", "parallel_tool_calls", "tool_choice.disable_parallel_tool_use",
            "parallel_tool_calls", "parallel_tool_calls",
        ],
    ]

    @Test(arguments: table)
    func `fields are named as the client spells them`(spelled: [String]) {
        let clients: [any Dialect.Type] = [
            OpenAIChatDialect.self, OpenAIResponsesDialect.self, AnthropicDialect.self, GeminiDialect.self,
            OllamaDialect.self,
        ]
        #expect(clients.map { $0.spelling.spelled(spelled[0]) } == spelled)
        #expect(AnthropicDialect.spelling.spelled(Loss("stop", "why")) == Loss("stop_sequences", "why"))
    }
}
