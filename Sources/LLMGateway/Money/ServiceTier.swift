import HTTPSemantics
import LLMTranslation

/// How fast a call is to be served, as far as vendors take another price for it; a model's prices are those of ordinary service.
enum ServiceTier {
    /// At the price of the list.
    case ordinary
    /// For less, whenever there is room.
    case cheaper
    /// For more, or in a way that nobody here knows the price of.
    case dearer

    /// What a request that is passed on as it is asks for.
    init(_ outline: JSONOutline, _ body: [UInt8], _ format: WireFormat) {
        switch format {
        case .openAIChat, .openAICompletions:
            self.init(outline.value("service_tier", in: body))
        case .openAIResponses:
            // What goes on in the background is counted after the answer is here.
            let isWaitedFor = !Self.isInBackground(outline, body)
            self = isWaitedFor ? Self(outline.value("service_tier", in: body)) : .dearer
        case .anthropicMessages:
            // Anthropic's tiers are bought beforehand; speed and place cost more by the token.
            let place = outline.value("inference_geo", in: body) ?? .null
            let isAnywhere = if case .null = place { true } else { place.string == "global" }
            self = isAnywhere ? Self(outline.value("speed", in: body)) : .dearer
        case .gemini:
            // Google reads both; whichever counts, it is no more than the dearer.
            let both = [Self(outline.value("serviceTier", in: body)), Self(outline.value("service_tier", in: body))]
            self = both.contains(.dearer) ? .dearer : both.contains(.cheaper) ? .cheaper : .ordinary
        case .mistralChat, .ollamaChat, .ollamaGenerate:
            self = .ordinary
        }
    }

    /// Whether a request of OpenAI's Responses has the vendor answer at once and go on with the work behind that.
    static func isInBackground(_ outline: JSONOutline, _ body: [UInt8]) -> Bool {
        guard let value = outline.value("background", in: body) else { return false }
        return value != .null && value.bool != false
    }

    private init(_ value: JSONValue?) {
        switch value {
        case nil, .null: self = .ordinary
        case .string(let name) where Self.ordinaryNames.contains(name.lowercased()): self = .ordinary
        case .string(let name) where Self.cheaperNames.contains(name.lowercased()): self = .cheaper
        default: self = .dearer
        }
    }

    private static let ordinaryNames: Set<String> = [
        "auto", "default", "standard", "on_demand", "scale", "service_tier_unspecified",
    ]
    private static let cheaperNames: Set<String> = ["flex", "batch"]
}
