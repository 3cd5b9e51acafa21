import Catalog
import ContentGuarding
import DataPlane
import HTTPSemantics
import LLMTranslation

extension ModelCall {
    /// The request is at fault, or not allowed: nobody was asked.
    func refuse(_ failure: ModelFailure) {
        guard phase != .over else { return }
        let status = send(failure)
        finish(.refused, status: status, fault: failure.kind.rawValue)
    }

    /// Sends a failure in the client's own dialect, with `status` where that is not the dialect's own; returns its status.
    ///
    /// Unless it `isFinal`, clients may try the same again.
    func send(_ failure: ModelFailure, lines: [UInt8] = [], status: Int? = nil, isFinal: Bool = true) -> Int {
        let failure = guarded(asTold(failure))
        var more = (isFinal ? AnswerLines.givenUp : []) + lines
        if let wait = failure.retryAfter { more += AnswerLines.line("Retry-After", String((wait + 999) / 1000)) }
        if request.operation == .prompt { return PromptProblem(failure, status: status).answer(call, lines: more) }
        let answer = dialect.answer(to: failure, requestID: call.requestID)
        // Clients try again by themselves on 409, which no vendor means by it here.
        let own = answer.status == 409 ? 400 : answer.status
        let body = status.map { RestatedError.body(answer.body, failure, status: $0, in: request.operation.family) }
        call.answer(status ?? own, lines: AnswerLines.json + more, body: body ?? answer.body)
        return status ?? own
    }

    /// A failure as it is the client's: who calls a prompt's API has written no request to a provider.
    private func asTold(_ failure: ModelFailure) -> ModelFailure {
        let isProviders = [.invalidRequest, .tooLarge, .overloaded].contains(failure.kind) && attempts > 0
        guard request.operation == .prompt, isProviders, failure.code != Self.refusedContent else { return failure }
        var told = failure
        told.kind = .server
        if failure.kind != .overloaded {
            told.message = "The provider does not take what the prompt has become: \(failure.message)"
        }
        return told
    }

    private static let refusedContent = "content_refused"

    /// A failure without what guards keep back: providers and models like to quote.
    private func guarded(_ failure: ModelFailure) -> ModelFailure {
        guard let rules = service.guards, attempts > 0, rules.looks(at: .answers) else { return failure }
        var failure = failure
        let result = rules.apply(to: failure.message, everywhere: .answers)
        failure.message = result.isRefused ? "A guard keeps back what was said of it." : result.text
        return failure
    }

    private var dialect: any Dialect.Type {
        if case .converse(let format) = request.operation { return format.dialect }
        return request.operation.family.dialect
    }

    /// The request is at fault in the provider's eyes: no other try can mend that.
    func answerWithProvidersError(_ failure: ModelFailure, _ attempt: Attempt) {
        note(failure, attempt)
        let isGuarded = service.guards?.looks(at: .answers) ?? false
        let isPassedOn = attempt.request.isPassThrough && attempt.isError && attempt.status != 409
        guard isPassedOn, !isGuarded, isFitForClients(gathered, attempt) else {
            let status = send(failure, lines: whoFailed(attempt))
            return finish(.failed, status: status, fault: failure.kind.rawValue)
        }
        let lines = AnswerLines.json + AnswerLines.givenUp + whoFailed(attempt)
        call.answer(attempt.status, lines: lines, body: gathered)
        // The provider's words may quote the request, which the ledger must not hold.
        finish(.failed, status: attempt.status, fault: failure.kind.rawValue)
    }

    /// Whether an error's own bytes may go to a client: JSON as its SDK expects, without the gateway's key in it.
    private func isFitForClients(_ body: [UInt8], _ attempt: Attempt) -> Bool {
        guard let object = (try? JSONParser.parse(answer: body))?.object else { return false }
        return !attempt.candidate.target.provider.keys.isShown(in: .object(object))
    }

    /// Who was asked last, for the client.
    func whoFailed(_ attempt: Attempt) -> [UInt8] {
        AnswerLines.line("Parley-Provider", attempt.candidate.target.provider.name)
            + AnswerLines.line("Parley-Model", attempt.candidate.target.model)
            + AnswerLines.line("Parley-Attempts", String(attempts)) + AnswerLines.losses(attempt.request.losses)
    }

    /// A try has failed before its first byte: the next one, if there may be one.
    ///
    /// `rests` counts it against the target, with `reason` in words of the gateway's own: a provider's may quote the request.
    func tryFailed(_ failure: ModelFailure, rests: Bool, counts: Bool = true, reason: String? = nil) {
        guard let attempt, phase != .over else { return }
        note(failure, attempt)
        lastFailure = failure
        if rests, counts {
            attempt.candidate.target.health.failed(reason ?? failure.kind.rawValue, now: call.loop.now)
        }
        if let relay, relay.textBytes > 0 {
            // What was written is paid for, whether the client has seen it or not, and is not bought a second time.
            return fail(failure, Counted(of: relay, attempt, isWhole: false), attempt)
        }
        relay = nil
        firstByte = 0
        if rests {
            // Another key would meet the same server; that is asked once more where there is no other.
            let mayRepeat = candidates.count == 1 && !hasRepeated && failure.kind != .timeout
            if mayRepeat {
                hasRepeated = true
                triedKeys = []
            } else if !candidates.isEmpty {
                next()
            }
        }
        tryNext()
    }

    /// Writes a failed try to the log.
    private func note(_ failure: ModelFailure, _ attempt: Attempt) {
        call.loop.log(
            LogLine(
                .info,
                "model try failed",
                [
                    ("request_id", call.requestID), ("model", task?.model ?? ""),
                    ("provider", attempt.candidate.target.provider.name), ("key", attempt.key?.label ?? ""),
                    ("try", String(attempts)), ("status", String(attempt.status)), ("kind", failure.kind.rawValue),
                    ("ms", String((call.loop.now &- attempt.began) / 1_000_000)),
                ]
            )
        )
    }

    /// No try is left.
    func giveUp() {
        var failure = lastFailure ?? ModelFailure(.overloaded, "No provider of this model can be asked now.")
        if failure.kind == .rateLimited, let soonest {
            let now = call.loop.now
            failure.retryAfter = Int(clamping: (soonest > now ? soonest - now : 0) / 1_000_000)
        } else if failure.kind != .overloaded {
            failure.retryAfter = nil
        }
        let status = send(failure, lines: attempt.map(whoFailed) ?? [])
        finish(attempts == 0 ? .refused : .failed, status: status, fault: failure.kind.rawValue)
    }
}
