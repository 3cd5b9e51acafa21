/// How clients of a dialect spell the fields that writers of other dialects name, which they do as OpenAI's chat spells
/// them.
package struct FieldSpelling: Sendable {
    private let names: [String: String]

    /// Spells these fields in another way.
    package init(_ names: [String: String] = [:]) { self.names = names }

    /// The field in the client's spelling.
    ///
    /// Of a field within another that is spelled in another way only the outer is told: places within differ.
    package func spelled(_ field: String) -> String {
        if let name = names[field] { return name }
        let outer = field.prefix { $0 != "." && $0 != "[" }
        return names[String(outer)] ?? field
    }

    /// The loss in the client's spelling.
    package func spelled(_ loss: Loss) -> Loss { Loss(spelled(loss.field), loss.reason) }

    /// The fault in the client's spelling.
    package func spelled(_ fault: MalformedRequest) -> MalformedRequest {
        MalformedRequest(spelled(fault.field), fault.message, code: fault.code)
    }
}

extension Dialect {
    /// As OpenAI's chat.
    package static var spelling: FieldSpelling { FieldSpelling() }
}

extension OpenAIResponsesDialect {
    /// As OpenAI's Responses.
    package static let spelling = FieldSpelling([
        "messages": "input", "reasoning_effort": "reasoning.effort", "response_format": "text.format",
        "logprobs": "include", "tools.function.name": "tools.name",
    ])
}

extension AnthropicDialect {
    /// As Anthropic's Messages.
    package static let spelling = FieldSpelling([
        "reasoning_effort": "thinking", "reasoning.summary": "thinking.display",
        "response_format": "output_config.format", "stop": "stop_sequences", "user": "metadata.user_id",
        "parallel_tool_calls": "tool_choice.disable_parallel_tool_use", "tools.function.name": "tools.name",
    ])
}

extension GeminiDialect {
    /// As Google's `generateContent`.
    package static let spelling = {
        let options = [
            "temperature": "temperature", "top_p": "topP", "top_k": "topK", "seed": "seed", "stop": "stopSequences",
            "presence_penalty": "presencePenalty", "frequency_penalty": "frequencyPenalty", "n": "candidateCount",
            "logprobs": "responseLogprobs", "top_logprobs": "logprobs", "response_format": "responseMimeType",
            "reasoning_effort": "thinkingConfig", "reasoning.summary": "thinkingConfig.includeThoughts",
        ]
        return FieldSpelling(
            options.mapValues { "generationConfig.\($0)" }.merging([
                "messages": "contents", "metadata": "labels", "user": "labels",
                "tool_choice": "toolConfig.functionCallingConfig",
                "tools.function.name": "tools.functionDeclarations.name",
            ]) { own, _ in own }
        )
    }()
}

extension MistralDialect {
    /// As Mistral's chat.
    package static let spelling = FieldSpelling(["seed": "random_seed"])
}

extension OllamaDialect {
    /// As Ollama's chat.
    package static let spelling = {
        let options = [
            "temperature", "top_p", "top_k", "min_p", "seed", "stop", "presence_penalty", "frequency_penalty",
        ]
        var names = ["response_format": "format", "reasoning_effort": "think"]
        for option in options { names[option] = "options.\(option)" }
        return FieldSpelling(names)
    }()
}

extension OllamaGenerateDialect {
    /// As in Ollama's chat.
    package static var spelling: FieldSpelling { OllamaDialect.spelling }
}
