import ContentGuarding
import LLMTranslation

extension ModelFailure {
    /// A request that holds what may not be sent.
    static func refused(by finding: ContentFinding, at place: String) -> ModelFailure {
        ModelFailure(
            .invalidRequest,
            "The guard «\(finding.rule)» found something at \(place.isEmpty ? "/" : place) that may not be sent to a "
                + "model. Take it out, and send the request again.",
            code: "content_refused"
        )
    }

    /// An answer that holds what may not be passed on.
    static func withheld(by finding: ContentFinding) -> ModelFailure {
        ModelFailure(
            .permission,
            "The answer was withheld: the guard «\(finding.rule)» found something in it that may not be passed on.",
            code: "content_refused"
        )
    }
}
