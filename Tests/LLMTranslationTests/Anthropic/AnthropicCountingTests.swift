import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicCountingTests {
    @Test func `a request to count needs no limit and keeps only what is counted`() throws {
        let body = try AnthropicSample.object(
            #"{"model":"m","system":"s","messages":[{"role":"user","content":"Hi"}],"tools":[{"name":"f","input_schema":{"type":"object"}}]}"#
        )
        var losses: [Loss] = []
        var conversation = try AnthropicDialect.conversation(ofCount: body, model: nil, losses: &losses)
        conversation.streams = true
        conversation.sampling.seed = JSONNumber(1)
        conversation.sampling.temperature = JSONNumber(2)
        conversation.endUser = "u"
        let written = try AnthropicDialect.countBody(of: conversation, losses: &losses)
        #expect(losses.isEmpty)
        #expect(written == body)
    }

    @Test func `a model told from outside counts before the request's, which must be a text all the same`() throws {
        var losses: [Loss] = []
        func model(_ told: String, _ outer: String?) throws -> [String] {
            let body = try AnthropicSample.object(
                #"{\#(told)"max_tokens":1,"messages":[{"role":"user","content":"a"}]}"#
            )
            return [
                try AnthropicDialect.conversation(of: body, model: outer, streams: nil, losses: &losses).model,
                try AnthropicDialect.conversation(ofCount: body, model: outer, losses: &losses).model,
            ]
        }
        #expect(try model(#""model":"inner","#, "outer") == ["outer", "outer"])
        #expect(try model(#""model":"inner","#, nil) == ["inner", "inner"])
        #expect(try model("", "outer") == ["outer", "outer"])
        #expect(throws: MalformedRequest.self) { try model(#""model":1,"#, "outer") }
        #expect(throws: MalformedRequest.self) { try model("", nil) }
    }

    @Test func `a request to count is refused by the field at fault too`() throws {
        var losses: [Loss] = []
        let body = try AnthropicSample.object(#"{"model":"m"}"#)
        let fault = #expect(throws: MalformedRequest.self) {
            try AnthropicDialect.conversation(ofCount: body, model: nil, losses: &losses)
        }
        #expect(fault?.field == "messages")
    }

    @Test func `the count is read and written`() throws {
        #expect(AnthropicDialect.body(ofCount: 17) == JSONObject([("input_tokens", 17)]))
        #expect(try AnthropicDialect.count(of: AnthropicDialect.body(ofCount: 17)) == 17)
        #expect(throws: MalformedAnswer.self) { try AnthropicDialect.count(of: JSONObject()) }
    }

    @Test func `models are listed on one page`() throws {
        let models = [
            ListedModel(name: "a", created: 1_700_000_000, owner: "o", context: 200_000, output: 64_000),
            ListedModel(name: "b", created: Int.max, owner: "o"),
        ]
        let list = AnthropicDialect.body(ofList: models)
        #expect(list["has_more"] == false && list["first_id"] == "a" && list["last_id"] == "b")
        #expect(
            list["data"]?[0] == [
                "type": "model", "id": "a", "display_name": "a", "created_at": "2023-11-14T22:13:20.000Z",
                "lifecycle": "active", "max_input_tokens": 200_000, "max_tokens": 64_000,
            ]
        )
        #expect(list["data"]?[1]?["max_tokens"] == nil)
        #expect(AnthropicDialect.body(ofList: [])["first_id"] == .null)
    }
}
