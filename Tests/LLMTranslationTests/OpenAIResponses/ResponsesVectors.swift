import HTTPSemantics
import LLMTranslation
import Testing

/// Texts of the wire that several tests read, and what they mean.
enum ResponsesVectors {
    /// The answer in pieces that OpenAI's documents give, with nothing left out.
    static let text = """
        event: response.created
        data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1,"status":"in_progress","model":"m","output":[],"error":null,"incomplete_details":null,"usage":null,"parallel_tool_calls":true,"tool_choice":"auto","tools":[]}}

        event: response.in_progress
        data: {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","object":"response","created_at":1,"status":"in_progress","model":"m","output":[],"error":null,"incomplete_details":null,"usage":null,"parallel_tool_calls":true,"tool_choice":"auto","tools":[]}}

        event: response.output_item.added
        data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_1","type":"message","role":"assistant","status":"in_progress","content":[]}}

        event: response.content_part.added
        data: {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hi","logprobs":[]}

        event: response.output_text.done
        data: {"type":"response.output_text.done","sequence_number":5,"item_id":"msg_1","output_index":0,"content_index":0,"text":"Hi","logprobs":[]}

        event: response.content_part.done
        data: {"type":"response.content_part.done","sequence_number":6,"item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}}

        event: response.output_item.done
        data: {"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]}}

        event: response.completed
        data: {"type":"response.completed","sequence_number":8,"response":{"id":"resp_1","object":"response","status":"completed","output":[{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]}],"usage":{"input_tokens":3,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":1,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":4}}}


        """

    /// What ``text`` says.
    static let textEvents: [StreamEvent] = [
        .started(AnswerStart(id: "resp_1", model: "m", created: 1)), .text(choice: 0, "Hi"),
        .usage(Usage(inputFresh: 3, cacheRead: 0, cacheWrite: 0, outputText: 1, outputReasoning: 0)),
        .stopped(choice: 0, .natural), .ended,
    ]

    /// Thinking in two parts, two calls at once, CR LF, comments, events and fields that nobody knows.
    static let calls = [
        ": ping",
        "",
        #"data: {"type":"response.created","response":{"id":"resp_2","created_at":2.0,"model":"o"}}"#,
        "",
        #"data: {"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}"#,
        "",
        #"data: {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"hm ","obfuscation":"x"}"#,
        "",
        #"data: {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"é"}"#,
        "",
        #"data: {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"so"}"#,
        "",
        #"data: {"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"hm é"},{"type":"summary_text","text":"so"}],"encrypted_content":"gAAA=="}}"#,
        "",
        #"data: {"type":"response.brand_new","output_index":7,"novelty":{"delta":"x"}}"#,
        "",
        #"data: {"type":"response.output_item.added","output_index":1,"item":{"id":"fc_1","type":"function_call","call_id":"call_a","name":"w","arguments":""}}"#,
        "",
        #"data: {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":1,"delta":"{\"c\":"}"#,
        "",
        #"data: {"type":"response.output_item.added","output_index":2,"item":{"id":"fc_2","type":"function_call","call_id":"call_b","name":"v","arguments":""}}"#,
        "",
        #"data: {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":1,"delta":"1}"}"#,
        "",
        #"data: {"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":1,"arguments":"{\"c\":1}"}"#,
        "",
        #"data: {"type":"response.function_call_arguments.done","item_id":"fc_2","output_index":2,"arguments":"{}"}"#,
        "",
        #"data: {"type":"response.output_item.done","output_index":2,"item":{"id":"fc_2","type":"function_call","call_id":"call_b","name":"v","arguments":"{}"}}"#,
        "",
        #"data: {"type":"response.web_search_call.searching","output_index":3,"item_id":"ws_1"}"#,
        "",
        #"data: {"type":"response.completed","response":{"id":"resp_2","status":"completed","output":[],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":1},"output_tokens":9,"output_tokens_details":{"reasoning_tokens":7},"total_tokens":19}}}"#,
        "", "",
    ].joined(separator: "\r\n")

    /// What ``calls`` says.
    static let callEvents: [StreamEvent] = [
        .started(AnswerStart(id: "resp_2", model: "o", created: 2)),
        .reasoning(choice: 0, "hm "), .reasoning(choice: 0, "é"), .reasoning(choice: 0, "\n\n"),
        .reasoning(choice: 0, "so"), .reasoningSigned(choice: 0, OpaqueValue(.openai, "rs_1;5,2#gAAA==")),
        .callStarted(choice: 0, call: 0, ToolCall(id: "call_a", name: "w", arguments: "")),
        .callArguments(choice: 0, call: 0, "{\"c\":"),
        .callStarted(choice: 0, call: 1, ToolCall(id: "call_b", name: "v", arguments: "")),
        .callArguments(choice: 0, call: 0, "1}"), .callArguments(choice: 0, call: 1, "{}"),
        .usage(Usage(inputFresh: 5, cacheRead: 4, cacheWrite: 1, outputText: 2, outputReasoning: 7)),
        .stopped(choice: 0, .tool), .ended,
    ]

    /// A request with nearly everything.
    static let request = #"""
        {"model":"m","instructions":"Be brief.","input":[
        {"role":"user","content":"Hi"},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"Look"},
        {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"low"},
        {"type":"input_image","image_url":"https://example.com/a.png"},
        {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,BBBB"},
        {"type":"input_file","file_id":"file-1"}]},
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"gAAA=="},
        {"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"I look.","annotations":[],"logprobs":[]}]},
        {"type":"function_call","id":"fc_1","call_id":"call_a","name":"w","arguments":"{\"c\":1}","status":"completed"},
        {"type":"function_call","call_id":"call_b","name":"v","arguments":""},
        {"type":"function_call_output","call_id":"call_a","output":"sunny"},
        {"type":"function_call_output","call_id":"call_b","output":[{"type":"input_text","text":"see"},{"type":"input_image","image_url":"data:image/jpeg;base64,CCCC"}]},
        {"role":"developer","content":"Be kind."},
        {"role":"user","content":"And?"}],
        "max_output_tokens":100,"temperature":0.50,"top_p":1,"tools":[{"type":"function","name":"w","description":"d","parameters":{"type":"object","properties":{"c":{"type":"integer"}}},"strict":true},{"type":"function","name":"v","parameters":null,"strict":null}],
        "tool_choice":{"type":"function","name":"w"},"parallel_tool_calls":false,
        "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true},"verbosity":"medium"},
        "reasoning":{"effort":"high","summary":"auto"},"include":["reasoning.encrypted_content"],
        "store":false,"stream":true,"stream_options":{"include_obfuscation":false},"truncation":"disabled",
        "metadata":{"k":"v"},"service_tier":"auto","prompt_cache_key":"p","user":"u","background":false,
        "previous_response_id":null,"conversation":null}
        """#

    /// A whole answer.
    static let answer = #"""
        {"id":"resp_3","object":"response","created_at":1700000000,"status":"completed","model":"m-1","error":null,
        "incomplete_details":null,"output":[
        {"id":"rs_9","type":"reasoning","summary":[],"encrypted_content":"gBBB=="},
        {"id":"ws_1","type":"web_search_call","status":"completed"},
        {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hé","annotations":[]},{"type":"refusal","refusal":"no"}]},
        {"id":"fc_1","type":"function_call","call_id":"call_a","name":"w","arguments":"","status":"completed"}],
        "usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15}}
        """#

    /// An object.
    static func object(_ json: String) throws -> JSONObject {
        try #require(JSONParser.parse(Array(json.utf8)).object)
    }

    /// JSON as bytes in the order it was written.
    static func text(_ object: JSONObject) -> String {
        String(decoding: JSONWriter.bytes(.object(object)), as: UTF8.self)
    }

    /// What a stream says when its bytes come in these pieces.
    static func read(_ pieces: [ArraySlice<UInt8>]) -> [StreamEvent] {
        var reader = OpenAIResponsesDialect.makeReader()
        var events: [StreamEvent] = []
        for piece in pieces { reader.feed(piece, into: &events) }
        reader.finish(into: &events)
        return events
    }

    /// What a stream says.
    static func read(_ stream: String) -> [StreamEvent] { read([Array(stream.utf8)[...]]) }

    /// How answers present themselves in these tests.
    static let face = AnswerFace(model: "asked", seed: "s", created: 7)

    /// What a client is sent.
    static func write(_ events: [StreamEvent]) -> String {
        var writer = OpenAIResponsesDialect.makeWriter(as: face)
        var output: [UInt8] = []
        for event in events { writer.write(event, into: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The events of a stream, each with its name.
    static func data(_ stream: String) throws -> [(name: String, data: JSONObject)] {
        var framing = EventStreamReader()
        var events: [EventStreamReader.Event] = []
        framing.feed(Array(stream.utf8)[...]) { events.append($0) }
        #expect(stream.isEmpty || stream.hasSuffix("\n\n"))
        return try events.map {
            (String(decoding: $0.name, as: UTF8.self), try #require(JSONParser.parse($0.data).object))
        }
    }
}
