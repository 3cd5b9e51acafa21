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
        let failure = guarded(failure)
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

    /// The provider answered with an error.
    func providerRefused() {
        guard let attempt else { return }
        let provider = attempt.candidate.target.provider
        let native = attempt.request.format ?? WireFormat.native(to: provider.vendor)
        var failure = native.dialect.failure(status: attempt.status, body: gathered) { attempt.fields[$0] }
        failure.message = provider.keys.concealed(failure.message)
        failure.kind = Self.kind(failure.kind, under: attempt.status)
        failure.status = attempt.status
        switch failure.kind {
        case .invalidRequest, .tooLarge:
            attempt.candidate.target.health.isUp()
            answerWithProvidersError(failure, attempt)
        case .authentication, .permission, .billing:
            cool(attempt, for: failure.retryAfter ?? 300_000, failure)
            tryFailed(gatewaysOwn(failure, provider), rests: false)
        case .rateLimited:
            cool(attempt, for: failure.retryAfter ?? 1000, failure)
            tryFailed(failure, rests: false)
        case .notFound:
            // No other key would find it there.
            if !candidates.isEmpty { next() }
            tryFailed(failure, rests: false)
        case .timeout, .server, .overloaded: tryFailed(failure, rests: true)
        }
    }

    /// The sort of an error that a provider's words and its status disagree about: who is at fault, the status says.
    private static func kind(_ told: ModelFailure.Kind, under status: Int) -> ModelFailure.Kind {
        switch told {
        case .invalidRequest, .tooLarge, .notFound: status >= 500 ? ModelFailure.kind(of: status) : told
        case .server: (400..<500).contains(status) ? ModelFailure.kind(of: status) : told
        default: told
        }
    }

    /// A key that the provider refuses is the gateway's affair: the client's own key is fine.
    private func gatewaysOwn(_ failure: ModelFailure, _ provider: ProviderPlan) -> ModelFailure {
        let what =
            switch failure.kind {
            case .billing: "has no credit left for the gateway's key"
            case .permission: "does not let the gateway's key do this"
            default: "refused the gateway's key"
            }
        return ModelFailure(
            .server,
            "The provider «\(provider.name)» \(what).",
            code: "provider_\(failure.kind.rawValue)"
        )
    }

    /// The request is at fault in the provider's eyes: no other try can mend that.
    private func answerWithProvidersError(_ failure: ModelFailure, _ attempt: Attempt) {
        note(failure, attempt)
        let isGuarded = service.guards?.looks(at: .answers) ?? false
        guard attempt.request.isPassThrough, !isGuarded, attempt.status != 409, isFitForClients(gathered, attempt)
        else {
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

    /// Lets a key rest for so many milliseconds.
    private func cool(_ attempt: Attempt, for milliseconds: Int, _ failure: ModelFailure) {
        let wait = UInt64(min(max(milliseconds, 250), 3_600_000)) &* 1_000_000
        soonest = min(soonest ?? .max, call.loop.now &+ wait)
        guard let key = attempt.key else { return }
        attempt.candidate.target.provider.keys.cool(
            key.index,
            until: call.loop.now &+ wait,
            because: failure.kind.rawValue
        )
    }

    /// A try has failed before its first byte: the next one, if there may be one.
    ///
    /// `rests` counts it against the target, with `reason` in words of the gateway's own: a provider's may quote the request.
    func tryFailed(_ failure: ModelFailure, rests: Bool, counts: Bool = true, reason: String? = nil) {
        guard let attempt, phase != .over else { return }
        note(failure, attempt)
        lastFailure = failure
        relay = nil
        firstByte = 0
        if rests {
            if counts { attempt.candidate.target.health.failed(reason ?? failure.kind.rawValue, now: call.loop.now) }
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
