import Catalog
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
            for name in Self.notedOfErrors { attempt.fields[name] = head.field(name) }
            phase = .failing
            return
        }
        for name in Self.noted(of: attempt.request.format) { attempt.fields[name] = head.field(name) }
        guard task?.streams == true else {
            phase = .gathering
            return
        }
        guard isStream(attempt) else {
            outgoing.cancel()
            return tryFailed(ModelFailure(.server, "The provider did not answer with a stream."), rests: true)
        }
        phase = .streaming
        relay = task?.relay(for: attempt.request)
        timer?.set(min(deadline, call.loop.now &+ service.options.keepAlive.wholeNanoseconds))
    }

    /// Fields of answers that matter later, in lower case.
    private static func noted(of format: WireFormat?) -> [String] {
        switch format?.vendor {
        case .openai: ["content-type", "openai-processing-ms", "openai-version"]
        case .anthropic: ["content-type", "request-id"]
        default: ["content-type"]
        }
    }

    /// Fields of errors that matter later, in lower case.
    private static let notedOfErrors = [
        "content-type", "retry-after", "retry-after-ms", "request-id", "x-request-id", "x-should-retry",
        "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "anthropic-ratelimit-requests-reset",
        "anthropic-ratelimit-tokens-reset", "ratelimitbysize-reset",
    ]

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
        case .reading, .trying, .over: break
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
        case .reading, .trying, .over: break
        }
    }

    func answerFailed(_ fault: UpstreamFault, of outgoing: OutgoingCall) {
        guard attempt?.outgoing === outgoing, phase != .over else { return }
        let kind: ModelFailure.Kind =
            switch fault {
            case .timedOut, .stalled: .timeout
            case .exhausted, .unreachable: .overloaded
            default: .server
            }
        let failure = ModelFailure(kind, fault.explanation.replacing("upstream", with: "provider"))
        call.hasBegunAnswer ? streamBroke(failure) : tryFailed(failure, rests: true)
    }

    // MARK: Whole answers

    private func answerCame() {
        guard let attempt, let task else { return }
        let answer: TaskAnswer
        do throws(MalformedAnswer) {
            answer = try task.answer(gathered, to: attempt.request)
        } catch {
            return tryFailed(
                ModelFailure(.server, "The provider's answer makes no sense: \(error.reason)."),
                rests: true
            )
        }
        succeeded(attempt)
        let counted =
            task is CountTask
            ? Counted.nothing : Counted(whole: answer.usage, attempt, answerSize: gathered.count)
        var lines = AnswerLines.json
        appendLines(attempt, losses: attempt.request.losses + answer.losses, to: &lines)
        if let cost = counted.cost, let currency = counted.currency {
            AnswerLines.append("Parley-Cost", "\(MoneyText.text(cost)) \(currency)", to: &lines)
        }
        if let usage = answer.usage, usage.isKnown {
            let text = "in=\(usage.input), out=\(usage.output), cached=\(usage.cacheRead ?? 0)"
            AnswerLines.append("Parley-Tokens", text, to: &lines)
        }
        call.answer(200, lines: lines, body: answer.body)
        finish(.completed, status: 200, fault: nil, counted)
    }

    /// The provider has done its part.
    private func succeeded(_ attempt: Attempt) {
        let first = firstByte == 0 ? call.loop.now : firstByte
        attempt.candidate.target.health.answered(after: first &- min(first, attempt.began))
        attempt.outgoing.target.state.succeeded()
    }

    /// Who answered, for the client.
    private func appendLines(_ attempt: Attempt, losses: [Loss], to lines: inout [UInt8]) {
        lines.reserveCapacity(512)
        AnswerLines.append("Parley-Provider", attempt.candidate.target.provider.name, to: &lines)
        AnswerLines.append("Parley-Model", attempt.candidate.target.model, to: &lines)
        AnswerLines.append("Parley-Attempts", String(attempts), to: &lines)
        if !losses.isEmpty { lines += AnswerLines.losses(losses) }
        if attempt.request.isPassThrough {
            for name in ["openai-processing-ms", "openai-version"] {
                if let value = attempt.fields[name] { AnswerLines.append(name, value, to: &lines) }
            }
        }
        if request.operation.family == .anthropic {
            AnswerLines.append("request-id", attempt.fields["request-id"] ?? call.requestID, to: &lines)
        }
    }

    // MARK: Streams

    private func passOn(_ bytes: [UInt8]) {
        guard let relay else { return }
        var output: [UInt8] = []
        relay.feed(bytes[...], into: &output)
        if !call.hasBegunAnswer, let failure = relay.failure {
            attempt?.outgoing.cancel()
            return tryFailed(failure, rests: true)
        }
        if relay.failure != nil { relay.finish(into: &output) }
        write(output)
        if relay.failure != nil, phase == .streaming {
            attempt?.outgoing.cancel()
            endStream()
        }
    }

    private func write(_ output: [UInt8]) {
        beginStream()
        guard !output.isEmpty else { return }
        timer?.set(call.loop.now &+ service.options.keepAlive.wholeNanoseconds)
        call.write(ByteBuffer(bytes: output))
        if !call.isClientWritable { attempt?.outgoing.pause(true) }
    }

    /// Writes the head of the client's answer, once.
    func beginStream() {
        guard !call.hasBegunAnswer, let attempt else { return }
        succeeded(attempt)
        let isArray = request.operation == .converse(.gemini) && !request.wantsEvents
        let isLines = if case .converse(let format) = request.operation { format.streamsLines } else { false }
        var lines = AnswerLines.stream(lines: isLines, isArray: isArray)
        appendLines(attempt, losses: attempt.request.losses, to: &lines)
        call.beginAnswer(200, lines: lines)
    }

    private func streamEnded() {
        guard let relay else { return }
        var output: [UInt8] = []
        let hadBegun = call.hasBegunAnswer
        relay.finish(into: &output)
        if !hadBegun, let failure = relay.failure { return tryFailed(failure, rests: true) }
        write(output)
        endStream()
    }

    /// The provider broke off after the first byte: the client is told within its stream.
    func streamBroke(_ failure: ModelFailure) {
        var output: [UInt8] = []
        relay?.fail(failure, into: &output)
        // An answer that was complete before the connection broke is none the worse for it.
        if relay?.isComplete != true { attempt?.candidate.target.health.failed(failure.message, now: call.loop.now) }
        write(output)
        endStream()
    }

    private func endStream() {
        guard let relay, let attempt else { return }
        call.endAnswer()
        let isWhole = relay.isComplete && relay.failure == nil
        finish(
            isWhole ? .completed : .cut,
            status: 200,
            fault: relay.failure?.kind.rawValue,
            Counted(of: relay, attempt, isWhole: isWhole)
        )
    }

    // MARK: Time

    /// The deadline has passed, or nothing was sent for long.
    func timeCame(_ now: UInt64) {
        switch phase {
        case .streaming where call.hasBegunAnswer || now < deadline: keepAlive(now)
        case .trying, .gathering, .failing, .streaming:
            attempt?.outgoing.cancel()
            candidates = []
            let seconds = service.options.deadline.wholeNanoseconds / 1_000_000_000
            tryFailed(ModelFailure(.timeout, "No provider answered within \(seconds) s."), rests: true)
        case .reading, .over: break
        }
    }

    /// What means nothing in a stream of server-sent events; Google's client takes empty lines only.
    private static func ping(in format: WireFormat) -> String {
        switch format {
        case .anthropicMessages: "event: ping\ndata: {\"type\": \"ping\"}\n\n"
        case .gemini: "\n"
        default: ": ping\n\n"
        }
    }

    /// Breaks a silence, so that nobody between here and the client takes the connection for dead.
    private func keepAlive(_ now: UInt64) {
        timer?.set(now &+ service.options.keepAlive.wholeNanoseconds)
        guard case .converse(let format) = request.operation, !format.streamsLines, request.wantsEvents else { return }
        beginStream()
        call.write(ByteBuffer(string: Self.ping(in: format)))
        call.flush()
    }
}
