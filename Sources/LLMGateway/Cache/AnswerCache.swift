import Catalog
import DataPlane
import Synchronization

/// Keeps whole answers for equal calls, and lets equal calls at the same time wait for one of them.
///
/// One for a service and a configuration: a new configuration begins with an empty one.
final class AnswerCache: Sendable {
    /// What makes two calls equal: all bytes that the answer depends on.
    struct Key: Hashable, Sendable {
        /// The parts, each behind its length.
        let bytes: [UInt8]
        /// Of megabytes once, and not at each look under the lock.
        private let digest: Int

        /// A key of parts in order.
        init(_ parts: [[UInt8]]) {
            var bytes: [UInt8] = []
            for part in parts {
                bytes += Array(String(part.count).utf8) + [0x3A]
                bytes += part
            }
            self.bytes = bytes
            digest = bytes.hashValue
        }

        func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    }

    /// What a call is to do.
    enum Advice: Sendable {
        /// Answer with this.
        case answer(KeptModelAnswer)
        /// Ask a provider, and tell what came of it.
        case lead
        /// Wait: somebody asks the same.
        case wait
    }

    /// What those who wait are told.
    enum News: Sendable {
        /// This is the answer.
        case answer(KeptModelAnswer)
        /// The one who asked has left: ask in their place, and tell the others.
        case lead
        /// The provider failed: ask for yourself.
        case alone
    }

    private struct Entry {
        let answer: KeptModelAnswer
        var older: Key?
        var newer: Key?
    }

    private struct Waiter {
        let id: ObjectIdentifier
        let tell: @Sendable (News) -> Void
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var newest: Key?
        var oldest: Key?
        var size = 0
        var flights: [Key: [Waiter]] = [:]
    }

    /// How answers are kept.
    let policy: ResponseCachePolicy
    private let lifetime: UInt64
    private let state = Mutex(State())

    /// An empty cache.
    init(_ policy: ResponseCachePolicy) {
        self.policy = policy
        lifetime = policy.ttl.wholeNanoseconds
    }

    /// The largest answer that is kept: one must not drive out all others.
    var largest: Int { policy.size / 2 }

    /// What a call with this key is to do; one that is to wait is told by `tell`, on any thread.
    func ask(
        _ key: Key,
        _ id: ObjectIdentifier,
        now: UInt64,
        refreshes: Bool,
        _ tell: @escaping @Sendable (News) -> Void
    ) -> Advice {
        state.withLock { state in
            if !refreshes, let found = state.entries[key]?.answer {
                if now &- min(now, found.time) < lifetime {
                    Self.touch(key, &state)
                    return .answer(found)
                }
                Self.remove(key, &state)
            }
            guard state.flights[key] != nil else {
                state.flights[key] = []
                return .lead
            }
            state.flights[key]?.append(Waiter(id: id, tell: tell))
            return .wait
        }
    }

    /// The answer has come: it is kept, unless it is too large, and those who wait get it.
    func arrived(_ key: Key, _ answer: KeptModelAnswer) {
        let waiting = state.withLock { state in
            if answer.body.count <= largest, answer.footprint(key) <= policy.size {
                Self.remove(key, &state)
                Self.add(key, Entry(answer: answer), &state)
                while state.size > policy.size, let oldest = state.oldest { Self.remove(oldest, &state) }
            }
            return state.flights.removeValue(forKey: key) ?? []
        }
        for waiter in waiting { waiter.tell(.answer(answer)) }
    }

    /// No answer will come of the call that asked: the provider failed, or else the call's client left.
    func failed(_ key: Key, clientLeft: Bool) {
        let (heir, alone) = state.withLock { state -> (Waiter?, [Waiter]) in
            guard clientLeft, var waiting = state.flights[key], !waiting.isEmpty else {
                return (nil, state.flights.removeValue(forKey: key) ?? [])
            }
            let heir = waiting.removeFirst()
            state.flights[key] = waiting
            return (heir, [])
        }
        heir?.tell(.lead)
        for waiter in alone { waiter.tell(.alone) }
    }

    /// Tells a call nothing any more; false if it has been told already, perhaps to lead.
    func leave(_ key: Key, _ id: ObjectIdentifier) -> Bool {
        state.withLock { state in
            guard let index = state.flights[key]?.firstIndex(where: { $0.id == id }) else { return false }
            state.flights[key]?.remove(at: index)
            return true
        }
    }

    // MARK: From the newest to the oldest

    private static func touch(_ key: Key, _ state: inout State) {
        guard state.newest != key, let entry = state.entries[key] else { return }
        remove(key, &state)
        add(key, Entry(answer: entry.answer), &state)
    }

    private static func add(_ key: Key, _ entry: Entry, _ state: inout State) {
        var entry = entry
        entry.older = state.newest
        state.size += entry.answer.footprint(key)
        state.entries[key] = entry
        if let newest = state.newest { state.entries[newest]?.newer = key }
        state.newest = key
        if state.oldest == nil { state.oldest = key }
    }

    private static func remove(_ key: Key, _ state: inout State) {
        guard let entry = state.entries.removeValue(forKey: key) else { return }
        state.size -= entry.answer.footprint(key)
        if let older = entry.older { state.entries[older]?.newer = entry.newer } else { state.oldest = entry.newer }
        if let newer = entry.newer { state.entries[newer]?.older = entry.older } else { state.newest = entry.older }
    }
}
