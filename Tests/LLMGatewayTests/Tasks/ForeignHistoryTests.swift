import Testing

@testable import LLMGateway

@Suite struct ForeignHistoryTests {
    @Test(arguments: [
        (WireFormat.anthropicMessages, #"{"type":"thinking","signature":"gemini:QQ=="}"#),
        (.anthropicMessages, #"{"type":"thinking","signature" : "openai.abc"}"#),
        (.anthropicMessages, #"{"type":"thinking","signature":""}"#),
        (.anthropicMessages, #"{"type":"redacted_thinking","data":"mistral:x"}"#),
        (.anthropicMessages, #"{"type":"tool_use","extra_content":{}}"#),
        (.openAIResponses, #"{"type":"reasoning","encrypted_content":"anthropic:x"}"#),
        (.openAIResponses, #"{"type":"reasoning","encrypted_content":"parley.unsealed:"}"#),
        (.openAIChat, #"{"role":"assistant","reasoning_details":[]}"#),
        (.openAIChat, #"{"tool_calls":[{"extra_content":{"google":{}}}]}"#),
        (.gemini, #"{"thoughtSignature":"cGFybGV5OmFudGhyb3BpYzp4"}"#),
        (.gemini, #"{"functionCall":{},"thoughtSignature":"cGFybGV5OnVuc2lnbmVk"}"#),
        (.mistralChat, #"{"type":"thinking","signature":"gemini:x"}"#),
    ])
    func `what Parley gave of another vendor is found`(format: WireFormat, part: String) {
        let body = bytes(#"{"messages":[{"content":[\#(part)]}]}"#)
        #expect(ForeignHistory.isIn(body, format, isVendorItself: true, model: "m"))
    }

    @Test(arguments: [
        (WireFormat.anthropicMessages, #"{"type":"thinking","signature":"EqQBCkYI"}"#),
        (.anthropicMessages, #"{"type":"thinking","signature":"anthropic:x"}"#),
        (.anthropicMessages, #"{"type":"text","text":"a \"signature\":\"gemini:x\""}"#),
        (.anthropicMessages, #"{"type":"redacted_thinking","data":"openaixyz"}"#),
        (.openAIResponses, #"{"type":"reasoning","encrypted_content":"gAAAAABo"}"#),
        (.openAIResponses, #"{"type":"reasoning","encrypted_content":null}"#),
        (.openAIChat, #"{"role":"user","content":"see reasoning_details"}"#),
        (.gemini, #"{"thoughtSignature":"CiQBVKhc"}"#), (.mistralChat, #"{"signature":"mistral:x"}"#),
        (.ollamaChat, #"{"signature":"gemini:x"}"#), (.ollamaGenerate, #"{"signature":"gemini:x"}"#),
        (.openAICompletions, #"{"extra_content":{}}"#),
    ])
    func `a vendor's own history is left alone`(format: WireFormat, part: String) {
        let body = bytes(#"{"messages":[{"content":[\#(part)]}]}"#)
        #expect(!ForeignHistory.isIn(body, format, isVendorItself: true, model: "m"))
    }

    @Test(arguments: [
        (WireFormat.anthropicMessages, #"{"type":"thinking","signature":"gemini:QQ=="}"#, true),
        (.anthropicMessages, #"{"type":"tool_use","extra_content":{}}"#, true),
        (.anthropicMessages, #"{"type":"thinking","signature":""}"#, false),
        (.openAIResponses, #"{"type":"reasoning","encrypted_content":"anthropic:x"}"#, true),
        (.openAIChat, #"{"reasoning_details":[{"type":"reasoning.text","format":"anthropic"}]}"#, true),
        (.openAIChat, #"{"reasoning_details":[{"type":"reasoning.text","format":"anthropic-claude-v1"}]}"#, false),
        (.openAIChat, #"{"tool_calls":[{"extra_content":{"google":{}}}]}"#, true),
        (.gemini, #"{"thoughtSignature":"cGFybGV5OmFudGhyb3BpYzp4"}"#, true),
    ])
    func `at another server than the vendor's, what Parley has marked is foreign`(
        format: WireFormat,
        part: String,
        isForeign: Bool
    ) {
        let body = bytes(#"{"messages":[{"content":[\#(part)]}]}"#)
        #expect(ForeignHistory.isIn(body, format, isVendorItself: false, model: "m") == isForeign)
    }

    @Test func `Google's own models behind OpenAI's dialect get back what is theirs`() {
        let body = bytes(#"{"tool_calls":[{"extra_content":{"google":{"thought_signature":"x"}}}]}"#)
        #expect(!ForeignHistory.isIn(body, .openAIChat, isVendorItself: false, model: "google/gemini-3-pro"))
    }
}
