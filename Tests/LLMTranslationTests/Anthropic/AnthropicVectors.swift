/// Requests, answers and streams of Anthropic's dialect, in the exact shapes of the wire.
enum AnthropicVectors {
    /// A request as a coding agent sends it in the middle of its work.
    static let agentRequest = #"""
        {"model":"claude-sonnet-4-6","max_tokens":32000,"stream":true,
        "system":[{"type":"text","text":"You are careful."},
        {"type":"text","text":"Project rules.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
        "tools":[{"name":"read","description":"Reads a file","input_schema":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}},
        {"name":"shot","input_schema":{"type":"object","properties":{}},"strict":true,"cache_control":{"type":"ephemeral"}},
        {"type":"web_search_20250305","name":"web_search","max_uses":3}],
        "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
        "thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"high"},
        "metadata":{"user_id":"u-1"},"service_tier":"auto",
        "messages":[
        {"role":"user","content":"Look."},
        {"role":"assistant","content":[
        {"type":"thinking","thinking":"hm","signature":"AbC+/=="},
        {"type":"redacted_thinking","data":"RED+/="},
        {"type":"text","text":"I look."},
        {"type":"tool_use","id":"toolu_1","name":"read","input":{"path":"a/b","n":1.50,"deep":{"z":[1,2],"a":null}},"caller":{"type":"direct"}},
        {"type":"tool_use","id":"toolu_2","name":"shot","input":{}}]},
        {"role":"user","content":[
        {"type":"tool_result","tool_use_id":"toolu_1","content":"text of it"},
        {"type":"tool_result","tool_use_id":"toolu_2","is_error":true,"content":[{"type":"text","text":"half"},
        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0="}}]},
        {"type":"text","text":"Go on.","cache_control":{"type":"ephemeral"}}]}]}
        """#

    /// A message with thinking, calls and all counts.
    static let answer = #"""
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
        {"type":"thinking","thinking":"hm","signature":"AbC=="},{"type":"redacted_thinking","data":"RED="},
        {"type":"text","text":"Ünï 😀","citations":null},
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},
        {"type":"tool_use","id":"toolu_1","name":"w","input":{"c":1}},
        {"type":"tool_use","id":"toolu_2","name":"v","input":{}}],
        "stop_reason":"tool_use","stop_sequence":null,
        "usage":{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":100,
        "cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":50,
        "output_tokens_details":{"thinking_tokens":8},"server_tool_use":{"web_search_requests":1},"service_tier":"standard"}}
        """#

    /// The stream of section 8 of the reference, with its end as there.
    static let thinkingAndTool = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":100,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"AbC=="}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"w","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"c\\":1}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":20}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    /// What that stream says.
    static let thinkingAndToolEvents: [AnthropicEventText] = [
        "usage 12 100 0 1", "started msg_1 m", "reasoning hm", "signed anthropic AbC==", "call 0 toolu_1 w",
        #"arguments 0 {"c":1}"#, "usage 12 100 0 20", "stopped tool", "ended",
    ]

    /// Text in several bytes per character, pings, a comment, an unknown event, a citation and a server tool.
    static let text = """
        : hello
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, "}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"char_location"}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"世界 👩‍💻\\n"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: something_new
        data: {"type":"something_new","x":[1]}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":"END"},"usage":{"input_tokens":6,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":9,"output_tokens_details":{"thinking_tokens":0}}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    /// What that stream says.
    static let textEvents: [AnthropicEventText] = [
        "usage 5 - - 1", "started msg_2 m", "text Grüße, ", "text 世界 👩‍💻\n", "usage 6 0 0 9+0", "stopped stop END",
        "ended",
    ]

    /// Two calls, the second without arguments, and encrypted thinking before them.
    static let twoTools = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_3","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"RED="}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_a","name":"f","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\": [1,"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":" 2]}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_b","name":"g","input":{}}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":0}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    /// What that stream says.
    static let twoToolsEvents: [AnthropicEventText] = [
        "usage 5 - - 1", "started msg_3 m", "redacted anthropic RED=", "call 0 toolu_a f", #"arguments 0 {"a": [1,"#,
        "arguments 0  2]}", "call 1 toolu_b g", "arguments 1 {}", "usage 5 - - 0", "stopped tool", "ended",
    ]

    /// A refusal with its details.
    static let refusal = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_4","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null,"stop_details":{"type":"refusal","category":"cyber","explanation":"Not this."}},"usage":{"output_tokens":2}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    /// What that stream says.
    static let refusalEvents: [AnthropicEventText] = [
        "usage 5 - - 1", "started msg_4 m", "usage 5 - - 2", "refusal Not this.", "stopped filtered cyber", "ended",
    ]

    /// All streams with what they say.
    static let streams: [(text: String, events: [AnthropicEventText])] = [
        (thinkingAndTool, thinkingAndToolEvents), (text, textEvents), (twoTools, twoToolsEvents),
        (refusal, refusalEvents),
    ]

    /// All requests.
    static let requests = [
        agentRequest,
        #"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://x/y.pdf"},"title":"Y"},{"type":"text","text":"?"}]}],"stop_sequences":["END"],"temperature":0.5,"top_k":3,"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}"#,
    ]
}
