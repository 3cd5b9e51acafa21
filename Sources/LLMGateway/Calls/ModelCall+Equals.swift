import Catalog
import DataPlane
import LLMTranslation
import NIOCore

extension ModelCall {
    /// A call's place among equal calls.
    struct Flight {
        /// What makes them equal.
        let key: AnswerCache.Key
        /// Whether this one asks for all of them.
        let isLeading: Bool
        /// What its answer says of that.
        var mark: String { isLeading ? "miss" : "joined" }
    }

    /// Answers from what is kept for equal calls, or waits for one that is being answered, where that is wanted.
    func lookUp(_ body: [UInt8]) {
        guard let cache = service.cache, let refreshes = wish(of: cache) else { return start(body) }
        let key = key(of: body, in: cache)
        let box = NIOLoopBound(self, eventLoop: call.loop.eventLoop)
        let advice = cache.ask(key, ObjectIdentifier(self), now: call.loop.now, refreshes: refreshes) { news in
            box.eventLoop.execute { box.value.hear(news, key, body) }
        }
        switch advice {
        case .answer(let kept): answer(with: kept, mark: "hit")
        case .lead:
            flight = Flight(key: key, isLeading: true)
            start(body)
        case .wait:
            flight = Flight(key: key, isLeading: false)
            resumes = { [self] in start(body) }
            timer = CallTimer(self)
            // A stream that stays silent for longer would be taken for dead.
            let patience = task?.streams == true ? service.options.keepAlive : service.options.deadline
            timer?.set(min(deadline, call.loop.now &+ patience.wholeNanoseconds))
        }
    }

    /// Whether the call wants a fresh answer; `nil` where it may not be answered so at all.
    private func wish(of cache: AnswerCache) -> Bool? {
        guard let task, !(task is CountTask) else { return nil }
        guard cache.policy.when == .always || call.field("parley-cache")?.lowercased() == "use" else { return nil }
        let control = call.field("cache-control")?.lowercased() ?? ""
        guard !control.contains("no-store") else { return nil }
        return control.contains("no-cache")
    }

    /// All that the answer depends on.
    private func key(of body: [UInt8], in cache: AnswerCache) -> AnswerCache.Key {
        let caller = cache.policy.scope == .consumer ? "consumer \(call.consumer ?? "")" : ""
        let fields = ["anthropic-version", "anthropic-beta", "openai-beta"].map { call.field($0) ?? "" }
        let texts =
            [caller, call.route, request.operation.surface, task?.model ?? "", request.query]
            + [task?.streams == true ? "stream" : "whole", request.wantsEvents ? "events" : "array"]
            + [request.isStable ? "stable" : ""] + fields
        return AnswerCache.Key(texts.map { Array($0.utf8) } + [body])
    }

    /// What became of the call that this one waits for.
    private func hear(_ news: AnswerCache.News, _ key: AnswerCache.Key, _ body: [UInt8]) {
        guard phase == .waiting, flight != nil else {
            // Too late: somebody else must ask.
            if case .lead = news { service.cache?.failed(key, clientLeft: true) }
            return
        }
        resumes = nil
        switch news {
        case .answer(let kept):
            flight = nil
            answer(with: kept, mark: "joined")
        case .lead:
            flight = Flight(key: key, isLeading: true)
            start(body)
        case .alone:
            flight = nil
            start(body)
        }
    }

    /// Waits no longer.
    func goAlone() {
        guard let flight, let resumes else { return }
        self.resumes = nil
        self.flight = nil
        if call.loop.now >= deadline {
            lastFailure = ModelFailure(.timeout, "An equal call that was waited for has not been answered in time.")
        }
        // One that was told to lead meanwhile passes that on when it hears of it.
        _ = service.cache?.leave(flight.key, ObjectIdentifier(self))
        resumes()
    }

    private func answer(with kept: KeptModelAnswer, mark: String) {
        var lines = kept.lines
        let age = (call.loop.now &- min(call.loop.now, kept.time)) / 1_000_000_000
        AnswerLines.append("Parley-Attempts", "0", to: &lines)
        AnswerLines.append("Parley-Cache", mark, to: &lines)
        AnswerLines.append("Age", String(age), to: &lines)
        if let currency = kept.currency {
            AnswerLines.append("Parley-Cost", "\(MoneyText.text(0)) \(currency)", to: &lines)
        }
        if request.operation.family == .anthropic { AnswerLines.append("request-id", call.requestID, to: &lines) }
        call.answer(200, lines: lines, body: kept.body, isKept: true)
        finish(.cached, status: 200, fault: nil, .free(in: kept.currency))
    }

    /// The answer has come: it is kept, and given to those who wait for it.
    func arrived(_ lines: [UInt8], _ body: [UInt8], currency: String?) {
        guard let flight, flight.isLeading, let cache = service.cache else { return }
        self.flight = nil
        let kept = KeptModelAnswer(lines: lines, body: body, currency: currency, time: call.loop.now)
        cache.arrived(flight.key, kept)
    }

    /// The call is over without an answer for others.
    func leaveFlight(_ outcome: CallOutcome) {
        guard let flight, let cache = service.cache else { return }
        self.flight = nil
        resumes = nil
        if flight.isLeading {
            cache.failed(flight.key, clientLeft: outcome == .cancelled || outcome == .refused)
        } else {
            _ = cache.leave(flight.key, ObjectIdentifier(self))
        }
    }
}
