import Catalog
import ContentGuarding
import DataPlane
import HTTPSemantics
import LLMTranslation
import NIOCore

extension ModelCall: OutgoingCall.Receiver {
    func answerBegan(_ head: OutgoingAnswer, of outgoing: OutgoingCall) {
        guard let attempt, attempt.outgoing === outgoing else { return }
        attempt.status = head.status
        call.note(target: outgoing.target, sentAt: outgoing.sentAt)
        guard (200..<300).contains(head.status) else {
            attempt.note(Self.notedOfErrors, of: head)
            attempt.readDates(now: call.loop.milliseconds, limits: Self.resets)
            phase = .failing
            return
        }
        attempt.note(Self.noted(of: attempt.request.format), of: head)
        attempt.note(Self.notedOfAll, of: head)
        attempt.readDates(now: call.loop.milliseconds)
        guard task?.streams == true else {
            phase = .gathering
            return
        }
        attempt.note(Self.notedOfStreams, of: head)
        guard isStream(attempt) else {
            if attempt.fields["content-type"]?.lowercased().contains("json") == true {
                // It may be an error all the same.
                phase = .failing
                return
            }
            outgoing.cancel()
            return tryFailed(ModelFailure(.server, "The provider did not answer with a stream."), rests: true)
        }
        phase = .streaming
        relay = task?.relay(for: attempt.request)
        relay?.keys = attempt.candidate.target.provider.keys
        timer?.set(min(deadline, call.loop.now &+ service.options.keepAlive.wholeNanoseconds))
    }

    /// Fields of answers that matter later, in lower case.
    private static func noted(of format: WireFormat?) -> [String] {
        switch format?.vendor {
        case .openai: notedOfOpenAI
        case .anthropic: notedOfAnthropic
        default: []
        }
    }

    private static let notedOfOpenAI = ["openai-processing-ms", "openai-version"]
    private static let notedOfAnthropic = ["request-id"]
    private static let notedOfStreams = ["content-type"]

    /// Errors come under 200 too.
    private static let notedOfAll = ["retry-after"]

    /// Fields of errors that matter later, in lower case.
    private static let notedOfErrors =
        [
            "content-type", "retry-after", "retry-after-ms", "request-id", "x-request-id", "x-should-retry",
            "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-tokens", "ratelimitbysize-reset",
        ] + limits.map { "anthropic-ratelimit-\($0)-remaining" } + resets

    /// What Anthropic limits.
    private static let limits = ["requests", "tokens", "input-tokens", "output-tokens"]
    /// Fields that hold times at which limits are filled again.
    private static let resets = limits.map { "anthropic-ratelimit-\($0)-reset" }

    /// Whether the answer is a stream, as was asked; some servers answer with one JSON object or a page all the same.
    private func isStream(_ attempt: Attempt) -> Bool {
        guard let type = attempt.fields["content-type"]?.lowercased() else { return true }
        if attempt.request.format?.streamsLines == true { return type.contains("json") }
        return type.hasPrefix("text/event-stream")
    }

    func answerPiece(_ piece: ByteBuffer, of outgoing: OutgoingCall) {
        guard attempt?.outgoing === outgoing, piece.readableBytes > 0 else { return }
        if firstByte == 0, phase != .failing { firstByte = call.loop.now }
        switch phase {
        case .streaming: passOn(Array(piece.readableBytesView))
        case .gathering, .failing:
            gathered.append(contentsOf: piece.readableBytesView)
            let limit = phase == .failing ? Self.longestError : Self.longestAnswer
            guard gathered.count > limit else { return }
            outgoing.cancel()
            phase == .failing
                ? providerRefused() : tryFailed(.init(.server, "The provider's answer is too long."), rests: true)
        case .reading, .looking, .waiting, .trying, .over: break
        }
    }

    /// Longest answer that is taken whole.
    private static let longestAnswer = 64 << 20
    /// Longest error that is looked into.
    private static let longestError = 1 << 20

    func answerReadComplete(of outgoing: OutgoingCall) { call.flush() }

    func answerEnded(of outgoing: OutgoingCall) {
        guard attempt?.outgoing === outgoing else { return }
        switch phase {
        case .streaming: streamEnded()
        case .gathering: answerCame()
        case .failing: providerRefused()
        case .reading, .looking, .waiting, .trying, .over: break
        }
    }

    func answerFailed(_ fault: UpstreamFault, of outgoing: OutgoingCall) {
        guard attempt?.outgoing === outgoing, phase != .over else { return }
        // What the status says holds without the rest of the words.
        if phase == .failing { return providerRefused() }
        let kind: ModelFailure.Kind =
            switch fault {
            case .timedOut, .stalled: .timeout
            case .exhausted, .shortage, .unreachable: .overloaded
            default: .server
            }
        let reason = fault.explanation.replacing("upstream", with: "provider")
        let failure = ModelFailure(kind, reason)
        guard !call.hasBegunAnswer else { return streamBroke(failure) }
        tryFailed(failure, rests: true, counts: fault.countsAgainstTarget, reason: reason)
    }

    // MARK: Whole answers

    private func answerCame() {
        guard let attempt, let task else { return }
        let answer: TaskAnswer
        do throws(MalformedAnswer) {
            answer = try task.answer(gathered, to: attempt.request)
        } catch {
            let nonsense = ModelFailure(.server, "The provider's answer makes no sense: \(error.reason).")
            return decide(failureWithin(gathered, attempt) ?? nonsense, attempt)
        }
        succeeded(attempt)
        let counted =
            task is CountTask
            ? Counted.nothing
            : Counted(
                whole: answer.usage,
                attempt,
                textBytes: UsagePlace.textBytes(inAnswer: gathered, of: attempt.request.format)
            )
        guard let rules = service.guards, rules.looks(at: .answers), task.answersInWords else {
            return deliver(answer, counted, attempt)
        }
        bought = counted
        phase = .looking
        let body = answer.body
        call.loop.work(on: body.count, { GuardedBody(body, rules, .answers) }) { [self] guarded in
            guard phase == .looking else { return }
            note(guarded?.found.map(\.finding) ?? [], on: .answers)
            if let refusal = guarded?.refusal { return fail(.withheld(by: refusal.finding), counted, attempt) }
            guard let guarded, guarded.isReadable else {
                return fail(ModelFailure(.server, "The provider's answer cannot be looked through."), counted, attempt)
            }
            var answer = answer
            answer.body = guarded.bytes
            deliver(answer, counted, attempt)
        }
    }

    /// Answers, and keeps the answer where that is wanted.
    private func deliver(_ answer: TaskAnswer, _ counted: Counted, _ attempt: Attempt) {
        if let failure = answer.failure { return fail(failure, counted, attempt) }
        var lines = AnswerLines.json
        appendWho(attempt, losses: attempt.request.losses + answer.losses, to: &lines)
        let mark = flight?.mark
        arrived(lines, answer.body, currency: counted.cost == nil ? nil : counted.currency)
        appendOwn(attempt, mark, to: &lines)
        if let cost = counted.cost, let currency = counted.currency {
            AnswerLines.append("Parley-Cost", MoneyText.text(Int128(cost)) + " " + currency, to: &lines)
        }
        if counted.usage.isKnown { AnswerLines.append("Parley-Tokens", counted.usage, to: &lines) }
        call.answer(200, lines: lines, body: answer.body, isKept: true)
        finish(.completed, status: 200, fault: nil, counted)
    }

    /// The provider answered, and its answer is not passed on: it was paid for all the same.
    func fail(_ failure: ModelFailure, _ counted: Counted, _ attempt: Attempt) {
        let status = send(failure, lines: whoFailed(attempt))
        finish(.failed, status: status, fault: failure.code ?? failure.kind.rawValue, counted)
    }

    /// The provider has done its part.
    func succeeded(_ attempt: Attempt) {
        let first = firstByte == 0 ? call.loop.now : firstByte
        attempt.candidate.target.health.answered(after: first &- min(first, attempt.began))
        attempt.outgoing.target.state.succeeded()
    }

    /// Who answered, for the client and for those with equal calls.
    func appendWho(_ attempt: Attempt, losses: [Loss], to lines: inout [UInt8]) {
        lines.reserveCapacity(512)
        AnswerLines.append("Parley-Provider", attempt.candidate.target.provider.name, to: &lines)
        AnswerLines.append("Parley-Model", attempt.candidate.target.model, to: &lines)
        if !losses.isEmpty { lines += AnswerLines.losses(losses) }
    }

    /// What belongs to this call alone.
    func appendOwn(_ attempt: Attempt, _ mark: String?, to lines: inout [UInt8]) {
        AnswerLines.append("Parley-Attempts", String(attempts), to: &lines)
        if let mark { AnswerLines.append("Parley-Cache", mark, to: &lines) }
        if attempt.request.isPassThrough, !attempt.fields.isEmpty {
            for name in Self.notedOfOpenAI {
                if let value = attempt.fields[name] { AnswerLines.append(name, value, to: &lines) }
            }
        }
        if request.operation.family == .anthropic {
            AnswerLines.append("request-id", attempt.fields["request-id"] ?? call.requestID, to: &lines)
        }
    }
}
