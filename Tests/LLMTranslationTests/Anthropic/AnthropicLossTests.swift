import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicLossTests {
    /// A change of a plain conversation, and the field that is lost by it.
    struct Case: Sendable, CustomTestStringConvertible {
        let field: String
        let change: @Sendable (inout Conversation) -> Void
        var testDescription: String { field }

        init(_ field: String, _ change: @escaping @Sendable (inout Conversation) -> Void) {
            self.field = field
            self.change = change
        }
    }

    static let cases = [
        Case("n") { $0.choices = 2 }, Case("seed") { $0.sampling.seed = JSONNumber(0) },
        Case("min_p") { $0.sampling.minP = JSONNumber(1) },
        Case("presence_penalty") { $0.sampling.presencePenalty = JSONNumber(1) },
        Case("frequency_penalty") { $0.sampling.frequencyPenalty = JSONNumber(-1) },
        Case("logprobs") { $0.sampling.logprobs = true }, Case("top_logprobs") { $0.sampling.topLogprobs = 2 },
        Case("prompt_cache_key") { $0.promptCacheKey = "k" },
        Case("metadata") { $0.metadata = [Conversation.Label(name: "a", value: "b")] },
        Case("response_format") { $0.output = .json }, Case("stop") { $0.sampling.stop = [" \n", "x"] },
        Case("temperature") { $0.sampling.temperature = JSONNumber(2) },
        Case("tool_choice") { $0.toolChoice = .any },
        Case("tools[0]") { $0.tools = [.native(.openai, JSONObject([("type", "web_search")]))] },
        Case("messages.audio") {
            $0.turns.append(Turn(.user, [.audio(MediaPart(.base64(mediaType: "audio/wav", data: "AA==")))]))
        },
        Case("messages.image.file_id") {
            $0.turns.append(Turn(.user, [.image(MediaPart(.file("file-of-others")))]))
        },
        Case("messages.image.detail") {
            $0.turns.append(Turn(.user, [.image(MediaPart(.url("https://x"), detail: "low"))]))
        },
        Case("messages.document") {
            $0.turns.append(Turn(.user, [.document(MediaPart(.base64(mediaType: "application/zip", data: "AA==")))]))
        },
        Case("messages.image") {
            $0.turns.append(Turn(.assistant, [.image(MediaPart(.url("https://x")))]))
        },
        Case("messages.image") { $0.turns.append(Turn(.system, [.image(MediaPart(.url("https://x")))])) },
        Case("messages.tool_call") {
            let inner = Part.toolCall(ToolCall(id: "c", name: "f", arguments: "{}"))
            $0.turns.append(Turn(.tool, [.toolResult(ToolResult(callID: "c", content: [inner]))]))
        },
    ]

    @Test(arguments: cases)
    func `what the dialect cannot say is named`(loss: Case) throws {
        let (_, losses) = try AnthropicSample.write(AnthropicSample.hello { loss.change(&$0) })
        #expect(losses.map(\.field) == [loss.field])
    }

    @Test func `what changes nothing is no loss`() throws {
        let conversation = AnthropicSample.hello {
            $0.sampling.presencePenalty = JSONNumber(0)
            $0.sampling.frequencyPenalty = JSONNumber(0)
            $0.sampling.logprobs = false
            $0.sampling.temperature = JSONNumber(1)
            $0.output = .text
            $0.toolChoice = .automatic
            $0.wantsStreamUsage = true
            $0.turns[0].parts.append(.image(MediaPart(.url("https://x"), detail: "auto")))
        }
        #expect(try AnthropicSample.write(conversation).losses.isEmpty)
    }

    @Test func `temperature is held to one and blank stops are left out`() throws {
        let conversation = AnthropicSample.hello {
            $0.sampling.temperature = JSONNumber(2)
            $0.sampling.stop = ["\n", "END"]
        }
        let (body, _) = try AnthropicSample.write(conversation)
        #expect(body["temperature"] == 1 && body["stop_sequences"] == ["END"])
    }

    @Test func `the user is named by the request or by its label`() throws {
        let label = Conversation.Label(name: "user_id", value: "l")
        let labelled = AnthropicSample.hello { $0.metadata = [label] }
        #expect(try AnthropicSample.write(labelled).body["metadata"] == ["user_id": "l"])
        let named = AnthropicSample.hello { $0.endUser = "u" }
        #expect(try AnthropicSample.write(named).body["metadata"] == ["user_id": "u"])
    }

    @Test func `newer models refuse sampling, so it is left out and named`() throws {
        let conversation = AnthropicSample.hello(model: "claude-opus-4-7") {
            $0.sampling.temperature = JSONNumber(0)
            $0.sampling.topP = JSONNumber(0)
            $0.sampling.topK = JSONNumber(1)
        }
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(losses.map(\.field) == ["temperature", "top_p", "top_k"])
        #expect(body["temperature"] == nil && body["top_p"] == nil && body["top_k"] == nil)
        let usual = AnthropicSample.hello(model: "claude-sonnet-5") {
            $0.sampling.temperature = JSONNumber(1)
            $0.sampling.topP = JSONNumber(1)
        }
        let (plain, none) = try AnthropicSample.write(usual)
        #expect(none.isEmpty && plain["temperature"] == nil && plain["top_p"] == nil)
    }

    @Test func `models of one sampler keep the temperature`() throws {
        let change = { (conversation: inout Conversation) in
            conversation.sampling.temperature = JSONNumber(0)
            conversation.sampling.topP = JSONNumber(0)
        }
        let (body, losses) = try AnthropicSample.write(
            AnthropicSample.hello(model: "claude-haiku-4-5-20251001", change)
        )
        #expect(losses.map(\.field) == ["top_p"] && body["temperature"] == 0 && body["top_p"] == nil)
        let (old, none) = try AnthropicSample.write(AnthropicSample.hello(model: "claude-3-5-haiku-20241022", change))
        #expect(none.isEmpty && old["temperature"] == 0 && old["top_p"] == 0)
    }
}
