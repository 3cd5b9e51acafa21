import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicWhiteSpaceTests {
    @Test func `texts of white space vanish as empty ones do`() throws {
        let call = ToolCall(id: "c", name: "f", arguments: "{}")
        let result = ToolResult(callID: "c", content: [.text(TextPart("\n"))])
        let conversation = Conversation(
            model: "m",
            turns: [
                Turn(.system, text: " "), Turn(.user, text: "a"), Turn(.assistant, text: "\n\n"),
                Turn(.user, text: "  "),
                Turn(.assistant, [.text(TextPart(" ")), .toolCall(call)]), Turn(.tool, [.toolResult(result)]),
            ]
        )
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(losses.isEmpty && body["system"] == nil)
        #expect(
            body["messages"] == [
                ["role": "user", "content": "a"],
                ["role": "assistant", "content": [["type": "tool_use", "id": "c", "name": "f", "input": [:]]]],
                ["role": "user", "content": [["type": "tool_result", "tool_use_id": "c", "content": ""]]],
            ]
        )
    }

    @Test func `the beginning of an answer ends without white space`() throws {
        let turns = [Turn(.user, text: "a "), Turn(.assistant, text: "b \n")]
        let (body, _) = try AnthropicSample.write(Conversation(model: "m", turns: turns))
        #expect(body["messages"]?[0]?["content"] == "a " && body["messages"]?[1]?["content"] == "b")
        let (longer, _) = try AnthropicSample.write(Conversation(model: "m", turns: turns + [Turn(.user, text: "c")]))
        #expect(longer["messages"]?[1]?["content"] == "b \n")
    }

    @Test func `a request of white space only is refused`() {
        #expect(throws: MalformedRequest.self) {
            try AnthropicSample.write(Conversation(model: "m", turns: [Turn(.user, text: " \u{A0}")]))
        }
    }
}
