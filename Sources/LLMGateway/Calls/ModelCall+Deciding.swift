import Catalog
import DataPlane
import HTTPSemantics
import LLMTranslation

/// What follows from an error of a provider's, however it was told: by the status, in the body, or first in a stream.
extension ModelCall {
    /// The provider answered with an error, or with JSON where a stream was asked for.
    func providerRefused() {
        guard let attempt else { return }
        guard attempt.isError else {
            let noStream = ModelFailure(.server, "The provider did not answer with a stream.")
            if let failure = failureWithin(gathered, attempt) { return decide(failure, attempt) }
            guard let counted = counted(of: gathered, attempt) else { return decide(noStream, attempt) }
            // A whole answer: it is paid for, and is not bought a second time.
            attempt.candidate.target.health.failed(noStream.kind.rawValue, now: call.loop.now)
            return fail(noStream, counted, attempt)
        }
        decide(dialect(of: attempt).failure(status: attempt.status, body: gathered) { attempt.fields[$0] }, attempt)
    }

    /// What a whole answer of a conversation used; `nil` where it is none.
    private func counted(of body: [UInt8], _ attempt: Attempt) -> Counted? {
        guard let answer = try? task?.answer(body, to: attempt.request), answer.usage?.isKnown == true else {
            return nil
        }
        let bytes = UsagePlace.textBytes(inAnswer: body, of: attempt.request.format)
        return Counted(whole: answer.usage, attempt, textBytes: bytes)
    }

    /// The failure that a whole answer tells of under a status of success.
    func failureWithin(_ body: [UInt8], _ attempt: Attempt) -> ModelFailure? {
        guard let object = (try? JSONParser.parse(answer: body))?.object else { return nil }
        return dialect(of: attempt).failure(within: object) { attempt.fields[$0] }
    }

    private func dialect(of attempt: Attempt) -> any Dialect.Type {
        (attempt.request.format ?? WireFormat.native(to: attempt.candidate.target.provider.vendor)).dialect
    }

    /// Lets a key rest, asks another, asks the next target, or answers: as the sort of a failure wants it.
    func decide(_ told: ModelFailure, _ attempt: Attempt) {
        let provider = attempt.candidate.target.provider
        var failure = provider.keys.concealed(told)
        if attempt.isError { failure.status = attempt.status }
        failure.kind = Self.kind(failure.kind, under: failure.status)
        switch failure.kind {
        case .invalidRequest, .tooLarge:
            attempt.candidate.target.health.isUp()
            // Waiting mends nothing.
            failure.retryAfter = nil
            answerWithProvidersError(failure, attempt)
        case .authentication, .permission, .billing:
            cool(attempt, for: failure.retryAfter ?? 300_000, failure)
            tryFailed(gatewaysOwn(failure.kind, provider), rests: false)
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

    /// The sort of an error that a provider's words and its status, if there is one, disagree about: who is at fault, the
    /// status says.
    private static func kind(_ told: ModelFailure.Kind, under status: Int) -> ModelFailure.Kind {
        switch told {
        case .invalidRequest, .tooLarge, .notFound: status >= 500 ? ModelFailure.kind(of: status) : told
        case .server: (400..<500).contains(status) ? ModelFailure.kind(of: status) : told
        default: told
        }
    }

    /// A key that the provider refuses, perhaps `until` a time (ns), is the gateway's affair: the client's own key is fine.
    func gatewaysOwn(_ kind: ModelFailure.Kind, _ provider: ProviderPlan, until time: UInt64? = nil) -> ModelFailure {
        let what =
            switch kind {
            case .billing: "has no credit left for the gateway's key"
            case .permission: "does not let the gateway's key do this"
            default: "refused the gateway's key"
            }
        var text = "The provider «\(provider.name)» \(what)."
        if let time {
            let left = time &- min(time, call.loop.now)
            text += " It is asked again in \(left / 1_000_000_000 + 1) s."
        }
        return ModelFailure(.server, text, code: "provider_\(kind.rawValue)")
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
}
