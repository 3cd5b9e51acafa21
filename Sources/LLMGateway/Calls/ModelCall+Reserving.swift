import Catalog
import DataPlane
import LLMTranslation

extension ModelCall {
    /// Reserves the most the call can use of every limit it falls under; a failure if it may not begin.
    func reserve(bodySize: Int) -> ModelFailure? {
        let rules = service.catalog.quotas(of: call.consumerIndex)
        guard !rules.isEmpty, let task, !(task is CountTask) else { return nil }
        let now = call.loop.milliseconds
        let bound: CallBound
        do throws(MalformedRequest) {
            bound = try CallBound(task, bodySize: bodySize, candidates.map(\.target))
        } catch {
            return ModelFailure(of: error)
        }
        var claims: [QuotaTable.Claim] = []
        for rule in rules {
            let amount: Int64
            do throws(ModelFailure) {
                amount = try most(bound, of: rule)
            } catch {
                return error
            }
            claims.append(QuotaTable.Claim(rule: rule, amount: amount))
        }
        do throws(QuotaTable.Refusal) {
            // Now, not when the call came: its body may have taken longer than the window is.
            reservation = try service.shared.quotas.reserve(claims, now: now)
            return nil
        } catch {
            return failure(of: error, now)
        }
    }

    /// The most that any of the candidates can use of a limit.
    private func most(_ bound: CallBound, of rule: QuotaRule) throws(ModelFailure) -> Int64 {
        var most: Int64 = 0
        for candidate in candidates {
            guard let output = bound.output(of: candidate.target) else { throw noLimit(candidate) }
            guard let input = bound.input(of: candidate.target) else { throw noContext(candidate) }
            switch rule.subject {
            case .tokens: most = max(most, CallBound.sum(input, output))
            case .money:
                let conversation = task as? ConversationTask
                guard conversation?.tier(for: candidate.target) != .dearer else { throw dearer(candidate) }
                let asksToKeep = conversation?.asksToKeep(at: candidate.target) ?? false
                guard
                    let cost = candidate.target.sheet?.most(input: input, output: output, asksToKeep: asksToKeep)
                else { throw noPrice(candidate) }
                most = max(most, cost)
            }
        }
        return most
    }

    private func noLimit(_ candidate: CandidateOrder.Candidate) -> ModelFailure {
        ModelFailure(
            .invalidRequest,
            "Under a budget or quota the length of an answer must have a limit: set max_tokens in the request, or "
                + "limits.output of the model «\(candidate.model.name)» in the configuration.",
            field: "max_tokens",
            code: "limits.output"
        )
    }

    private func noContext(_ candidate: CandidateOrder.Candidate) -> ModelFailure {
        ModelFailure(
            .invalidRequest,
            "Under a budget or quota a document, or what is only referred to, needs a known limit: send it as text, or set "
                + "limits.context of the model «\(candidate.model.name)» in the configuration.",
            code: "limits.context"
        )
    }

    private func noPrice(_ candidate: CandidateOrder.Candidate) -> ModelFailure {
        ModelFailure(
            .invalidRequest,
            "Under a budget a model must have prices: set prices.input and prices.output of the model "
                + "«\(candidate.model.name)» in the configuration.",
            field: "model",
            code: "prices"
        )
    }

    private func dearer(_ candidate: CandidateOrder.Candidate) -> ModelFailure {
        ModelFailure(
            .invalidRequest,
            "Under a budget a call must be served at the ordinary price of the model «\(candidate.model.name)»: leave out "
                + "service_tier, speed or inference_geo, by which vendors take more.",
            code: "prices"
        )
    }

    private func failure(of refusal: QuotaTable.Refusal, _ now: Int64) -> ModelFailure {
        let seconds = max(1, (refusal.ends &- now &+ 999) / 1000)
        let neverFits = refusal.asked > refusal.rule.limit
        let text = { (amount: Int64) in
            if case .money(let currency) = refusal.rule.subject {
                "\(MoneyText.text(Int128(amount))) \(currency)"
            } else {
                "\(amount) tokens"
            }
        }
        let message =
            "The limit of \(refusal.rule.owner), \(text(refusal.rule.limit)), does not allow this call: "
            + "\(text(refusal.used)) are used or reserved, and the call may need \(text(refusal.asked)). "
            + (neverFits
                ? "Ask for a shorter answer; no window allows this much."
                : "Ask for a shorter answer, or wait for the next window in \(seconds) s.")
        if refusal.rule.subject == .tokens {
            let wait = Int(clamping: seconds * 1000)
            return ModelFailure(
                .rateLimited,
                message,
                code: "token_quota_exceeded",
                retryAfter: neverFits ? nil : wait
            )
        }
        return ModelFailure(.billing, message, code: "budget_exceeded")
    }
}
