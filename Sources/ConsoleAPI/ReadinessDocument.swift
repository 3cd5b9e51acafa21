import ConsoleBasics
import HTTPSemantics

/// Readiness as JSON.
struct ReadinessDocument {
    private let readiness: Readiness

    /// The document of `readiness`.
    init(_ readiness: Readiness) {
        self.readiness = readiness
    }

    /// The whole in a word, the names of the parts in trouble, and all parts.
    var json: JSONValue {
        var parts = JSONObject()
        for part in readiness.parts {
            parts.set(part.name, to: ["status": .string(part.state.rawValue), "detail": .text(part.detail)])
        }
        return [
            "status": .string(readiness.word),
            "degraded": .array(readiness.troubled.map(JSONValue.string)),
            "parts": .object(parts),
        ]
    }
}
