import Catalog
import DataPlane
import LLMTranslation
import NIOCore

/// Answers in pieces, and the time that passes meanwhile.
extension ModelCall {
    /// Bytes of a stream have come.
    func passOn(_ bytes: [UInt8]) {
        guard let relay else { return }
        var output: [UInt8] = []
        relay.feed(bytes[...], into: &output)
        if !call.hasBegunAnswer, let failure = relay.failure {
            attempt?.outgoing.cancel()
            return streamFailed(failure)
        }
        // Nothing is said before there is something to say: a failure can still be mended, or told as one.
        guard call.hasBegunAnswer || !output.isEmpty else { return }
        if relay.failure != nil { relay.finish(into: &output) }
        write(output)
        if relay.failure != nil, phase == .streaming {
            attempt?.outgoing.cancel()
            endStream()
        } else if relay.isWhole, attempt?.request.format != .gemini {
            // The end of the connection's answer follows at once, or is not worth waiting for.
            timer?.set(call.loop.now &+ Self.patienceForEnd)
        }
    }

    /// How long the end of an answer may be behind its last event (ns).
    private static let patienceForEnd: UInt64 = 200_000_000

    private func write(_ output: [UInt8]) {
        beginStream()
        guard !output.isEmpty else { return }
        transcript?.append(output)
        timer?.set(call.loop.now &+ service.options.keepAlive.wholeNanoseconds)
        if relay?.isComplete == true, call.keepsAnswer {
            ending += output
            return
        }
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
        appendWho(attempt, losses: attempt.request.losses, to: &lines)
        let longest = max(flight == nil ? 0 : service.cache?.largest ?? 0, call.longestKept)
        if longest > 0 { transcript = Transcript(lines: lines, limit: longest) }
        appendOwn(attempt, flight?.mark, to: &lines)
        call.beginAnswer(200, lines: lines)
    }

    /// A stream failed before anything of it was passed on.
    private func streamFailed(_ failure: ModelFailure) {
        guard let relay, let attempt else { return }
        guard relay.isWithheld else {
            firstByte = 0
            return decide(failure, attempt)
        }
        note(relay.findings, on: .answers)
        let counted = Counted(of: relay, attempt, isWhole: false)
        self.relay = nil
        fail(failure, counted, attempt)
    }

    /// The provider's bytes have ended.
    func streamEnded() {
        guard let relay else { return }
        var output: [UInt8] = []
        let hadBegun = call.hasBegunAnswer
        relay.finish(into: &output)
        if !hadBegun, let failure = relay.failure { return streamFailed(failure) }
        write(output)
        endStream()
    }

    /// The provider broke off after the first byte: the client is told within its stream.
    func streamBroke(_ failure: ModelFailure) {
        var output: [UInt8] = []
        relay?.fail(failure, into: &output)
        // An answer that was complete before the connection broke is none the worse for it.
        if relay?.isComplete != true {
            attempt?.candidate.target.health.failed(failure.kind.rawValue, now: call.loop.now)
        }
        write(output)
        endStream()
    }

    private func endStream() {
        guard let relay, let attempt, bought == nil else { return }
        let isWhole = relay.isWhole
        note(relay.findings, on: .answers)
        let counted = Counted(of: relay, attempt, isWhole: isWhole)
        let fault = relay.isWithheld ? "content_refused" : relay.failure?.kind.rawValue
        guard isWhole, let transcript else {
            writeEnding(relay)
            return finish(isWhole ? .completed : .cut, status: 200, fault: fault, counted)
        }
        bought = counted
        keep(transcript, relay, counted) { [self] in
            guard phase == .streaming else { return }
            writeEnding(relay)
            finish(.completed, status: 200, fault: nil, counted)
        }
    }

    /// Gives a whole answer to those with equal calls, and keeps it for retries; then calls `done`.
    private func keep(_ transcript: Transcript, _ relay: StreamRelay, _ counted: Counted, _ done: @escaping () -> Void)
    {
        // Whoever gets it a second time gets a head that knows the end.
        let lines = transcript.lines + AnswerLines.losses(relay.losses)
        if let body = transcript.body {
            arrived(lines, body, currency: counted.cost == nil ? nil : counted.currency)
        }
        call.keep(200, lines: lines, body: transcript.body, done)
    }

    /// The client left with the whole answer before its connection was told of the end, which is all that SDKs wait for.
    func leftAtTheEnd() {
        guard let relay, let attempt else { return }
        note(relay.findings, on: .answers)
        let counted = bought ?? Counted(of: relay, attempt, isWhole: true)
        if bought == nil, let transcript { keep(transcript, relay, counted) {} }
        finish(.completed, status: 200, fault: nil, counted)
    }

    /// What was held back until the answer was kept, and the end.
    private func writeEnding(_ relay: StreamRelay) {
        if !ending.isEmpty { call.write(ByteBuffer(bytes: ending)) }
        call.endAnswer(trailers: AnswerLines.trailers(relay.losses))
    }

    // MARK: Time

    /// The deadline has passed, or nothing was sent for long.
    func timeCame(_ now: UInt64) {
        switch phase {
        case .streaming where relay?.isWhole == true:
            attempt?.outgoing.cancel()
            streamEnded()
        case .streaming where call.hasBegunAnswer || now < deadline: keepAlive(now)
        case .failing:
            attempt?.outgoing.cancel()
            candidates = []
            providerRefused()
        case .trying, .gathering, .streaming:
            attempt?.outgoing.cancel()
            candidates = []
            let seconds = service.options.deadline.wholeNanoseconds / 1_000_000_000
            tryFailed(ModelFailure(.timeout, "No provider answered within \(seconds) s."), rests: true)
        case .waiting: goAlone()
        case .reading, .looking, .over: break
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
