import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct PromptTaskTests {
    private static let schema =
        #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}"#

    /// An answer of a provider that says a text.
    static func answer(_ dialect: ModelDialect, _ said: String, stop: String? = nil) -> [UInt8] {
        var quoted: [UInt8] = []
        JSONWriter.appendString(said, to: &quoted)
        let said = text(quoted)
        return switch dialect {
        case .openai, .mistral:
            bytes(
                #"{"id":"c","object":"chat.completion","created":1,"model":"theirs","choices":[{"index":0,"message":{"#
                    + #""role":"assistant","content":\#(said)},"finish_reason":"\#(stop ?? "stop")"}],"#
                    + #""usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}"#
            )
        case .anthropic:
            bytes(
                #"{"id":"m","type":"message","role":"assistant","model":"theirs","content":[{"type":"text","text":\#(said)}],"#
                    + #""stop_reason":"\#(stop ?? "end_turn")","usage":{"input_tokens":9,"output_tokens":5}}"#
            )
        case .gemini:
            bytes(
                #"{"candidates":[{"content":{"role":"model","parts":[{"text":\#(said)}]},"finishReason":"\#(stop ?? "STOP")"}],"#
                    + #""usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":5,"totalTokenCount":14}}"#
            )
        case .ollama:
            bytes(
                #"{"model":"theirs","message":{"role":"assistant","content":\#(said)},"done":true,"#
                    + #""done_reason":"\#(stop ?? "stop")","prompt_eval_count":9,"eval_count":5}"#
            )
        }
    }

    private func answered(_ body: [UInt8], _ dialect: ModelDialect = .openai, schema: String? = schema) throws
        -> TaskAnswer
    {
        let task = try PromptShop.task(PromptShop.policy(schema: schema), #"{"word":"x"}"#)
        return try task.answer(body, to: task.request(for: ModelShop.soleTarget(dialect)))
    }

    // MARK: What is asked

    @Test(arguments: ModelDialect.allCases)
    func `a model is asked what the template says, with its holes filled, in its vendor's words`(
        dialect: ModelDialect
    ) throws {
        var policy = try PromptShop.policy(
            [(.system, "Be {{mood}}."), (.user, "One"), (.assistant, "Two"), (.user, "Say {{word}}")],
            variables: [PromptShop.variable("word"), PromptShop.variable("mood", isRequired: false, standard: "kind")]
        )
        policy.temperature = "0.50"
        policy.maxOutput = 77
        let task = try PromptShop.task(policy, #"{"word":"\"}] {{mood}}"}"#)
        let request = try task.request(for: ModelShop.soleTarget(dialect))
        let read = try #require(try JSONParser.parse(request.body).object)
        var losses: [Loss] = []
        let format = try #require(request.format)
        let conversation = try format.dialect.conversation(of: read, model: "theirs", streams: false, losses: &losses)
        #expect(conversation.turns.map(\.text) == ["Be kind.", "One", "Two", #"Say "}] {{mood}}"#])
        #expect(conversation.turns.map(\.role) == [.system, .user, .assistant, .user])
        #expect(conversation.sampling.maximumOutput == 77)
        #expect(conversation.sampling.temperature.map { text($0.text) } == "0.50")
        #expect(conversation.output == nil && !conversation.streams && request.losses.isEmpty)
        #expect(task.model == "fast" && !task.streams && task.answersInWords && request.model == "theirs")
    }

    @Test(arguments: ModelDialect.allCases)
    func `a model is told the form of the answer`(dialect: ModelDialect) throws {
        let task = try PromptShop.task(PromptShop.policy(schema: Self.schema), #"{"word":"x"}"#)
        let request = try task.request(for: ModelShop.soleTarget(dialect))
        #expect(text(request.body).contains(#""required":["n"]"#), "\(text(request.body))")
    }

    @Test(
        arguments: [
            (nil, nil, nil, nil), (nil, 50, nil, 50), (nil, 50, 30, 30), (nil, 50, 90, 50), (40, nil, nil, 40),
            (40, 50, nil, 40), (60, 50, nil, 50), (60, nil, 30, 60),
        ] as [(Int?, Int?, Int?, Int?)]
    )
    func `the most output is the prompt's own, within the cap`(own: Int?, cap: Int?, model: Int?, wanted: Int?) throws {
        var policy = try PromptShop.policy()
        policy.maxOutput = own
        let task = try PromptShop.task(policy, #"{"word":"x"}"#, cap: cap)
        let target = try ModelShop.soleTarget(.mistral, limits: ModelLimits(output: model))
        #expect(task.maximumOutput(for: target) == wanted)
        let body = try JSONParser.parse(try task.request(for: target).body)
        #expect(body["max_tokens"]?.integer == wanted)
        #expect(try CallBound(task, bodySize: 0).output(of: target) == wanted ?? model)
    }

    // MARK: What comes back

    @Test(arguments: ModelDialect.allCases)
    func `text comes back as text, with its counts`(dialect: ModelDialect) throws {
        let answer = try answered(Self.answer(dialect, "Hi \"you\"\n"), dialect, schema: nil)
        #expect(text(answer.body) == #"{"text":"Hi \"you\"\n"}"#)
        #expect(answer.failure == nil && answer.usage?.input == 9 && answer.usage?.output == 5)
    }

    @Test(arguments: ModelDialect.allCases)
    func `JSON that fits comes back without blanks`(dialect: ModelDialect) throws {
        let answer = try answered(Self.answer(dialect, " { \"n\" : 7 }\n"), dialect)
        #expect(text(answer.body) == #"{"n":7}"# && answer.failure == nil)
    }

    @Test(arguments: [
        "```json\n{\"n\":7}\n```", "```\n{\"n\":7}\n```", "```JSON\r\n{\"n\":7}\r\n```\r\n",
        "\n```json\n{\n\"n\": 7\n}\n```\n",
        "\n\n```json\n\n{\"n\":7}\n\n```",
    ])
    func `a fence around JSON is taken off`(said: String) throws {
        let answer = try answered(Self.answer(.openai, said))
        #expect(text(answer.body) == #"{"n":7}"# && answer.failure == nil)
    }

    @Test(arguments: [
        "", "Sure!", "{\"n\":7", "{\"n\":7} Here you are", "```json\n{\"n\":7}", "```json\n```",
        "Sure:\n```json\n{\"n\":7}\n```",
        "{n:7}",
    ])
    func `what is no JSON fails, and was paid for`(said: String) throws {
        let answer = try answered(Self.answer(.openai, said))
        #expect(answer.failure?.code == "output_mismatch" && answer.failure?.message.contains("no JSON") == true)
        #expect(answer.usage?.output == 5)
    }

    @Test(arguments: [
        ("{\"n\":\"x\"}", "/n"), ("{}", "n"), ("{\"n\":1,\"m\":2}", "m"), ("[7]", "the value"), ("7", "the value"),
    ])
    func `JSON that does not fit fails, and says where`(said: String, place: String) throws {
        let answer = try answered(Self.answer(.openai, said))
        #expect(answer.failure?.code == "output_mismatch" && answer.failure?.kind == .server)
        #expect(answer.failure?.message.contains(place) == true, "\(answer.failure?.message ?? "")")
    }

    @Test(arguments: [
        (ModelDialect.openai, "length"), (.anthropic, "max_tokens"), (.gemini, "MAX_TOKENS"), (.mistral, "length"),
        (.ollama, "length"),
    ])
    func `JSON that was cut off says so`(dialect: ModelDialect, stop: String) throws {
        let answer = try answered(Self.answer(dialect, "{\"n\":", stop: stop), dialect)
        #expect(answer.failure?.code == "output_mismatch" && answer.failure?.message.contains("cut off") == true)
        let whole = try answered(Self.answer(dialect, "{\"n\":7}", stop: stop), dialect)
        #expect(whole.failure == nil)
    }

    @Test func `of a name that comes twice in an answer the client gets the value that was checked`() throws {
        let answer = try answered(Self.answer(.openai, "{\"n\":\"x\",\"n\":7}"))
        #expect(text(answer.body) == #"{"n":7}"# && answer.failure == nil)
    }

    @Test func `a model that refuses fails, with its words and without an answer`() throws {
        let body =
            #"{"choices":[{"message":{"role":"assistant","content":null,"refusal":"I will not."},"finish_reason":"stop"}],"#
            + #""usage":{"prompt_tokens":9,"completion_tokens":5}}"#
        for schema in [nil, Self.schema] {
            let answer = try answered(bytes(body), schema: schema)
            #expect(answer.failure?.code == "refused" && answer.failure?.message.contains("I will not.") == true)
            #expect(answer.body.isEmpty && answer.usage?.output == 5)
        }
    }

    @Test(arguments: [(ModelDialect.openai, "content_filter"), (.gemini, "SAFETY"), (.anthropic, "refusal")])
    func `an answer that the vendor withheld fails`(dialect: ModelDialect, stop: String) throws {
        for schema in [nil, Self.schema] {
            let answer = try answered(Self.answer(dialect, "{\"n\":7}", stop: stop), dialect, schema: schema)
            #expect(answer.failure?.code == "refused")
        }
    }

    @Test(arguments: ["", "[]", "null", "{", #"{"choices":[]}"#, "{}"])
    func `what is no answer makes no sense`(body: String) {
        #expect(throws: MalformedAnswer.self) { try answered(bytes(body)) }
    }

    @Test func `thinking is no part of the answer`() throws {
        let body =
            #"{"content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"{\"n\""},"#
            + #"{"type":"text","text":":7}"}],"stop_reason":"end_turn","type":"message","role":"assistant"}"#
        #expect(text(try answered(bytes(body), .anthropic).body) == #"{"n":7}"#)
    }
}
