import Synchronization

@testable import LLMGateway

/// Somebody who asks a cache, and what it was told.
final class CacheCaller: Sendable {
    /// What was heard, in short: `answer BODY`, `lead` or `alone`.
    var heard: [String] { news.withLock { $0 } }
    /// Stands for it with the cache.
    var id: ObjectIdentifier { ObjectIdentifier(self) }

    private let news = Mutex<[String]>([])

    /// Takes what the cache says.
    func hear(_ what: AnswerCache.News) {
        let words =
            switch what {
            case .answer(let kept): "answer \(text(kept.body))"
            case .lead: "lead"
            case .alone: "alone"
            }
        news.withLock { $0.append(words) }
    }

    /// Asks for a key; the advice in short, such as `lead`, `wait` or `answer BODY`.
    func ask(_ cache: AnswerCache, _ key: String, now: UInt64 = 0, refreshes: Bool = false) -> String {
        let advice = cache.ask(AnswerCache.Key([bytes(key)]), id, now: now, refreshes: refreshes) { [self] in hear($0) }
        return switch advice {
        case .answer(let kept): "answer \(text(kept.body))"
        case .lead: "lead"
        case .wait: "wait"
        }
    }
}

extension AnswerCache {
    /// Keeps an answer for a key.
    func arrived(_ key: String, _ body: String, at time: UInt64 = 0) {
        let answer = KeptModelAnswer(lines: [], body: bytes(body), currency: nil, time: time)
        arrived(Key([bytes(key)]), answer)
    }

    /// The one who asks for a key has no answer.
    func failed(_ key: String, clientLeft: Bool) { failed(Key([bytes(key)]), clientLeft: clientLeft) }

    /// Whether an answer for a key is kept.
    func keeps(_ key: String, now: UInt64 = 0) -> Bool {
        let advice = ask(Key([bytes(key)]), ObjectIdentifier(self), now: now, refreshes: false) { _ in }
        if case .lead = advice { failed(key, clientLeft: false) }
        if case .answer = advice { return true }
        return false
    }
}
