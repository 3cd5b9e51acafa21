@testable import LLMGateway

/// Requests and answers of every form, written without blanks.
///
/// Guards find `q1111q`; it stands wherever they must look. Where they must not, `q0000q` stands, which they would find too.
enum GuardedBodySamples {
    /// A request of a form, with all that the form has places for.
    static func request(_ format: WireFormat) -> String {
        switch format {
        case .openAIChat: chatRequest
        case .openAICompletions:
            #"{"model":"q0000q","prompt":["q1111q","more q1111q"],"suffix":"q1111q","stop":"q1111q","user":"q1111q"}"#
        case .openAIResponses: responsesRequest
        case .anthropicMessages: anthropicRequest
        case .gemini: geminiRequest
        case .mistralChat: mistralRequest
        case .ollamaChat:
            #"{"model":"q0000q","messages":[{"role":"system","content":"q1111q"},{"role":"user","content":"q1111q","#
                + #""images":["q0000q"]},{"role":"assistant","thinking":"q1111q","content":"","tool_calls":[{"function":"#
                + #"{"name":"f","arguments":{"id":"q1111q","n":{"type":"q1111q"}}}}]},{"role":"tool","tool_name":"f","#
                + #""content":"q1111q"}],"tools":[{"type":"function","function":{"name":"f","description":"q1111q","#
                + #""parameters":{"type":"object","properties":{"id":{"description":"q1111q"}}}}}],"#
                + #""options":{"stop":["q1111q"],"seed":7}}"#
        case .ollamaGenerate:
            #"{"model":"q0000q","prompt":"q1111q","suffix":"q1111q","system":"q1111q","template":"q1111q","#
                + #""images":["q0000q"],"context":[1,2,3]}"#
        }
    }

    private static let chatRequest =
        #"{"model":"q0000q","messages":[{"role":"developer","content":"q1111q"},{"role":"user","name":"q1111q","content":["#
        + #"{"type":"text","text":"q1111q"},{"type":"image_url","image_url":{"url":"data:image/png;base64,q0000q"}},"#
        + #"{"type":"image_url","image_url":{"url":"https://x/q1111q"}},"#
        + #"{"type":"input_audio","input_audio":{"data":"q0000q","format":"wav"}},"#
        + #"{"type":"file","file":{"filename":"q1111q","file_data":"data:application/pdf;base64,q0000q"}},"#
        + #"{"type":"file","file":{"file_id":"q0000q"}}]},{"role":"assistant","content":null,"refusal":"q1111q","#
        + #""audio":{"id":"q0000q"},"tool_calls":[{"id":"q0000q","type":"function","function":{"name":"f","#
        + #""arguments":"{\"id\":\"q1111q\",\"a\":[\"q1111q\"]}"}}]},"#
        + #"{"role":"tool","tool_call_id":"q0000q","content":"q1111q"}],"tools":[{"type":"function","function":{"#
        + #""name":"f","description":"q1111q","parameters":{"type":"object","properties":{"type":{"description":"q1111q"}}}}}],"#
        + #""response_format":{"type":"json_schema","json_schema":{"name":"s","description":"q1111q","schema":{"title":"#
        + #""q1111q"}}},"metadata":{"id":"q1111q"},"prediction":{"type":"content","content":"q1111q"},"stop":["q1111q"],"#
        + #""service_tier":"q0000q","user":"q1111q"}"#

    private static let responsesRequest =
        #"{"model":"q0000q","instructions":"q1111q","previous_response_id":"q0000q","input":["#
        + #"{"type":"message","id":"q0000q","status":"q0000q","role":"user","content":[{"type":"input_text","text":"q1111q"},"#
        + #"{"type":"input_image","image_url":"data:image/png;base64,q0000q"},{"type":"input_image","file_id":"q0000q"},"#
        + #"{"type":"input_file","filename":"q1111q","file_data":"data:application/pdf;base64,q0000q"},"#
        + #"{"type":"input_file","file_url":"https://x/q1111q"}]},"#
        + #"{"type":"reasoning","id":"q0000q","summary":[],"encrypted_content":"q0000q"},"#
        + #"{"type":"function_call","id":"q0000q","call_id":"q0000q","name":"f","arguments":"{\"id\":\"q1111q\"}"},"#
        + #"{"type":"function_call_output","call_id":"q0000q","output":"q1111q"},{"type":"item_reference","id":"q0000q"}],"#
        + #""tools":[{"type":"function","name":"f","description":"q1111q","parameters":{"title":"q1111q"}}],"#
        + #""text":{"format":{"type":"json_schema","name":"s","schema":{"title":"q1111q"}}},"metadata":{"id":"q1111q"}}"#

    private static let anthropicRequest =
        #"{"model":"q0000q","max_tokens":9,"system":[{"type":"text","text":"q1111q"}],"messages":[{"role":"user","content":["#
        + #"{"type":"text","text":"q1111q"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"q0000q"}},"#
        + #"{"type":"image","source":{"type":"url","url":"https://x/q1111q"}},"#
        + #"{"type":"document","title":"q1111q","source":{"type":"text","media_type":"text/plain","data":"q1111q"}},"#
        + #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"q0000q"}},"#
        + #"{"type":"document","source":{"type":"file","file_id":"q0000q"}}]},{"role":"assistant","content":["#
        + #"{"type":"thinking","thinking":"q0000q","signature":"q0000q"},{"type":"redacted_thinking","data":"q0000q"},"#
        + #"{"type":"text","text":"q1111q"},{"type":"tool_use","id":"q0000q","name":"f","input":{"id":"q1111q","#
        + #""data":{"type":"base64","data":"q1111q"}}}]},{"role":"user","content":[{"type":"tool_result","#
        + #""tool_use_id":"q0000q","content":[{"type":"text","text":"q1111q"}]},"#
        + #"{"type":"tool_result","tool_use_id":"q0000q","content":"q1111q"}]}],"stop_sequences":["q1111q"],"#
        + #""tools":[{"name":"f","description":"q1111q","input_schema":{"type":"object","title":"q1111q"}}],"#
        + #""metadata":{"user_id":"q1111q"}}"#

    private static let geminiRequest =
        #"{"systemInstruction":{"parts":[{"text":"q1111q"}]},"contents":[{"role":"user","parts":[{"text":"q1111q"},"#
        + #"{"inlineData":{"mimeType":"image/png","data":"q0000q"}},"#
        + #"{"inline_data":{"mime_type":"image/png","data":"q0000q"}},"#
        + #"{"fileData":{"mimeType":"image/png","fileUri":"https://x/q1111q"}}]},"#
        + #"{"role":"model","parts":[{"functionCall":{"id":"q0000q","name":"f","args":{"id":"q1111q"}},"#
        + #""thoughtSignature":"q0000q"}]},{"role":"user","parts":[{"functionResponse":{"id":"q0000q","name":"f","#
        + #""response":{"id":"q1111q","list":["q1111q"]}}}]}],"tools":[{"functionDeclarations":[{"name":"f","#
        + #""description":"q1111q","parameters":{"type":"OBJECT","description":"q1111q"}}]}],"#
        + #""generationConfig":{"stopSequences":["q1111q"],"responseSchema":{"description":"q1111q"}}}"#

    private static let mistralRequest =
        #"{"model":"q0000q","messages":[{"role":"system","content":"q1111q"},{"role":"user","content":["#
        + #"{"type":"text","text":"q1111q"},{"type":"image_url","image_url":"data:image/png;base64,q0000q"},"#
        + #"{"type":"image_url","image_url":{"url":"https://x/q1111q"}},"#
        + #"{"type":"document_url","document_url":"https://x/q1111q"},{"type":"file","file_id":"q0000q"}]},"#
        + #"{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"q0000q"}],"#
        + #""signature":"q0000q"},{"type":"thinking","thinking":[{"type":"text","text":"q1111q"}]},"#
        + #"{"type":"text","text":"q1111q"}],"tool_calls":[{"id":"q0000q","function":{"name":"f","#
        + #""arguments":"{\"id\":\"q1111q\"}"}}]},{"role":"tool","tool_call_id":"q0000q","name":"f","content":"q1111q"}],"#
        + #""safe_prompt":true}"#

    /// An answer of a form; probabilities of tokens stand apart, in tests of their own.
    static func answer(_ format: WireFormat) -> String {
        switch format {
        case .openAIChat:
            #"{"id":"q0000q","object":"chat.completion","created":1735689600,"model":"q0000q","choices":[{"index":0,"#
                + #""message":{"role":"assistant","content":"q1111q","refusal":"q1111q","reasoning_content":"q1111q","#
                + #""tool_calls":[{"id":"q0000q","type":"function","function":{"name":"f","#
                + #""arguments":"{\"id\":\"q1111q\"}"}}]},"finish_reason":"stop"}],"system_fingerprint":"q0000q","#
                + #""usage":{"prompt_tokens":9}}"#
        case .openAICompletions:
            #"{"id":"q0000q","object":"text_completion","created":1735689600,"model":"q0000q","choices":["#
                + #"{"index":0,"text":"q1111q","finish_reason":"stop"},{"index":1,"text":"q1111q"}]}"#
        case .openAIResponses:
            #"{"id":"q0000q","object":"response","created_at":1735689600,"status":"completed","model":"q0000q","output":["#
                + #"{"type":"reasoning","id":"q0000q","summary":[{"type":"summary_text","text":"q1111q"}]},"#
                + #"{"type":"message","id":"q0000q","role":"assistant","content":[{"type":"output_text","text":"q1111q","#
                + #""annotations":[]}]},{"type":"function_call","id":"q0000q","call_id":"q0000q","name":"f","#
                + #""arguments":"{\"id\":\"q1111q\"}"}],"instructions":"q1111q"}"#
        case .anthropicMessages:
            #"{"id":"q0000q","type":"message","role":"assistant","model":"q0000q","content":["#
                + #"{"type":"redacted_thinking","data":"q0000q"},{"type":"thinking","thinking":"so","signature":"q0000q"},"#
                + #"{"type":"text","text":"q1111q"},{"type":"tool_use","id":"q0000q","name":"f","input":{"id":"q1111q"}}],"#
                + #""stop_reason":"end_turn","usage":{"input_tokens":9}}"#
        case .gemini:
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"q1111q","thought":true},{"text":"q1111q"},"#
                + #"{"functionCall":{"id":"q0000q","name":"f","args":{"id":"q1111q"}},"thoughtSignature":"q0000q"}]},"#
                + #""finishReason":"STOP"}],"responseId":"r","modelVersion":"m"}"#
        case .mistralChat:
            #"{"id":"q0000q","object":"chat.completion","created":1735689600,"model":"q0000q","choices":[{"index":0,"#
                + #""message":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","#
                + #""text":"q1111q"}]},{"type":"text","text":"q1111q"}],"tool_calls":[{"id":"q0000q","function":{"name":"f","#
                + #""arguments":"{\"id\":\"q1111q\"}"}}]},"finish_reason":"stop"}]}"#
        case .ollamaChat:
            #"{"model":"q0000q","created_at":"2026-01-02T03:04:05.499127Z","message":{"role":"assistant","#
                + #""content":"q1111q","thinking":"q1111q","tool_calls":[{"function":{"name":"f","arguments":{"id":"q1111q"}}}]},"#
                + #""done":true,"done_reason":"stop","total_duration":5043500667}"#
        case .ollamaGenerate:
            #"{"model":"q0000q","created_at":"2026-01-02T03:04:05.499127Z","response":"q1111q","thinking":"q1111q","#
                + #""done":true,"context":[1,2],"total_duration":5043500667}"#
        }
    }
}
