import HTTPSemantics

/// What an answer says besides its items: itself, and once more what the request asked for.
struct ResponsesFrame {
    /// Its identifier.
    let id: String
    /// The model's name as the client asked for it.
    let model: String
    /// Seconds since 1970.
    let created: Int
    private let asked: JSONObject

    /// A frame that presents `start` to a client; identifiers are kept if they look like OpenAI's.
    init(start: AnswerStart, face: AnswerFace) {
        id = start.id.utf8.starts(with: "resp_".utf8) ? start.id : "resp_\(face.seed)"
        model = face.model
        created = start.created > 0 ? start.created : face.created
        asked = face.asked
    }

    /// The answer as Responses write it.
    func object(_ outcome: ResponsesOutcome, items: [ResponsesOutputItem], usage: Usage?) -> JSONObject {
        JSONObject([
            ("id", .string(id)), ("object", "response"), ("created_at", .number(JSONNumber(created))),
            ("status", .string(outcome.status)), ("error", outcome.error), ("incomplete_details", outcome.details),
            ("instructions", said("instructions")), ("max_output_tokens", said("max_output_tokens")),
            ("metadata", said("metadata", else: [:])), ("model", .string(model)),
            ("output", .array(items.map { .object($0.object) })),
            ("parallel_tool_calls", said("parallel_tool_calls", else: true)), ("previous_response_id", .null),
            ("reasoning", said("reasoning", else: ["effort": .null, "summary": .null])),
            ("temperature", said("temperature")), ("text", said("text", else: ["format": ["type": "text"]])),
            ("tool_choice", said("tool_choice", else: "auto")), ("tools", said("tools", else: [])),
            ("top_p", said("top_p")), ("truncation", said("truncation", else: "disabled")),
            ("usage", OpenAIResponsesDialect.value(of: usage)), ("user", said("user")),
        ])
    }

    /// What the request says, else what leaving it out means.
    private func said(_ name: String, else usual: JSONValue = .null) -> JSONValue {
        guard let value = asked[name], value != .null else { return usual }
        return value
    }
}
