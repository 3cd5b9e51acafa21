import Catalog
import HTTPSemantics
import LLMTranslation

/// The most output tokens that a call may ask for (`llm.max-output`).
struct OutputCap {
    /// The tokens.
    let limit: Int

    /// Where a form says how long an answer may be, by path; servers of Google's take both spellings.
    private static func places(of format: WireFormat) -> [(section: StaticString?, name: StaticString)] {
        switch format {
        case .openAIChat: [(nil, "max_completion_tokens"), (nil, "max_tokens"), (nil, "n_predict")]
        case .openAICompletions: [(nil, "max_tokens"), (nil, "n_predict")]
        case .anthropicMessages, .mistralChat: [(nil, "max_tokens")]
        case .openAIResponses: [(nil, "max_output_tokens")]
        case .gemini:
            [
                ("generationConfig", "maxOutputTokens"), ("generationConfig", "max_output_tokens"),
                ("generation_config", "maxOutputTokens"), ("generation_config", "max_output_tokens"),
            ]
        case .ollamaChat, .ollamaGenerate: [("options", "num_predict")]
        }
    }

    /// Whether the request sets a limit of its own, which is then within the cap.
    ///
    /// - Throws: ``MalformedRequest`` that names the field which asks for more.
    func isKept(by client: ClientRequest, _ format: WireFormat) throws(MalformedRequest) -> Bool {
        var isSet = false
        for place in Self.places(of: format) {
            let found: JSONValue? =
                if let section = place.section {
                    client.outline.value(section, in: client.body)?[place.name.description]
                } else {
                    client.outline.value(place.name, in: client.body)
                }
            guard let found, found != .null else { continue }
            isSet = true
            // Many servers take a number below one for no limit at all; Anthropic fills its cache by it.
            let least = format == .anthropicMessages ? 0 : 1
            guard let asked = found.integer, asked >= least, asked <= limit else {
                throw refusal(of: place, from: least)
            }
        }
        return isSet
    }

    private func refusal(
        of place: (section: StaticString?, name: StaticString),
        from least: Int
    ) -> MalformedRequest {
        let field = (place.section.map { "\($0)." } ?? "") + place.name.description
        return MalformedRequest(
            field,
            "\(field) must be a whole number from \(least) to \(limit) here; ask for a shorter answer."
        )
    }

    /// Sets the limit in a request that has none, for a target whose own limit is not exceeded by it either.
    func set(
        in splice: inout RequestSplice,
        of client: ClientRequest,
        _ format: WireFormat,
        for target: ModelTargetPlan
    ) {
        let most = limit(for: target)
        let number = JSONValue.number(JSONNumber(most))
        switch format {
        case .openAIChat:
            splice.set(target.provider.isVendorItself ? "max_completion_tokens" : "max_tokens", to: number)
        case .openAICompletions:
            // OpenAI itself answers with 16 tokens where nothing is said.
            if !target.provider.isVendorItself || most < 16 { splice.set("max_tokens", to: number) }
        case .anthropicMessages, .mistralChat: splice.set("max_tokens", to: number)
        case .openAIResponses: splice.set("max_output_tokens", to: number)
        case .gemini:
            // Servers of Google's take both spellings; what is there is added to.
            if let section = client.outline.value("generation_config", in: client.body)?.object {
                splice.set("generation_config", to: .object(with("maxOutputTokens", number, section)))
            } else {
                let section = client.outline.value("generationConfig", in: client.body)?.object
                splice.set("generationConfig", to: .object(with("maxOutputTokens", number, section)))
            }
        case .ollamaChat, .ollamaGenerate:
            let section = client.outline.value("options", in: client.body)?.object
            splice.set("options", to: .object(with("num_predict", number, section)))
        }
    }

    private func with(_ name: String, _ value: JSONValue, _ section: JSONObject?) -> JSONObject {
        var object = section ?? JSONObject()
        object.set(name, to: value)
        return object
    }

    /// What a request that sets no limit may use of a target.
    func limit(for target: ModelTargetPlan) -> Int { min(limit, target.limits.output ?? limit) }
}
