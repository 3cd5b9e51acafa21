import DataPlane
import HTTPSemantics
import LLMTranslation

extension ModelCall {
    /// Refuses a call under the idempotency key of another one; never with 409, on which vendors' SDKs try again blindly.
    func refuseRetry(_ ruling: ServiceKeyRuling) {
        let (failure, code) = Self.refusal(ruling)
        let status = send(failure, status: code, isFinal: code != 503)
        finish(.refused, status: status, fault: failure.code)
    }

    private static func refusal(_ ruling: ServiceKeyRuling) -> (failure: ModelFailure, status: Int) {
        switch ruling {
        case .running:
            let text =
                "The first call with this Idempotency-Key is still being answered; send the same call again in a moment "
                + "to get its answer."
            return (ModelFailure(.overloaded, text, code: "duplicate_in_flight", retryAfter: 1000), 503)
        case .reused:
            let text =
                "This Idempotency-Key belongs to a call with another body; nothing was asked. Use a new key for a new call."
            return (ModelFailure(.invalidRequest, text, code: "idempotency_key_reused"), 422)
        case .uncertain(let time):
            let text =
                "The call under this Idempotency-Key was begun at \(RFC3339.text(milliseconds: time)), and nobody knows "
                + "what came of it: it may have been paid for. Use a new key to ask again."
            return (ModelFailure(.invalidRequest, text, code: "outcome_unknown"), 422)
        case .spent:
            let text =
                "The call under this Idempotency-Key was answered, and the answer is not kept: it is too old, or too long. "
                + "Use a new key to ask again."
            return (ModelFailure(.invalidRequest, text, code: "outcome_unknown"), 422)
        case .go, .replay, .refused, .unavailable:
            let text =
                "The ledger that keeps calls from being paid for twice cannot be used, so nothing was asked. Try again in a "
                + "moment."
            return (ModelFailure(.overloaded, text, code: "ledger_unavailable", retryAfter: 1000), 503)
        }
    }
}
