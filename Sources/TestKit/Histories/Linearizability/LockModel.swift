/// The exclusive lock of one resource, and the writes that it guards (RFC 4918 §6 and §7, conflict standards §9 and §13).
///
/// A lock ends when its time is over, counted from grant or refresh; where an answer does not say when that is, every
/// instant that the answer's own time allows is thought possible. The fence rises with every grant.
package struct LockModel: SequentialModel {
    /// What the service remembers.
    package struct State: Hashable, Sendable {
        /// The lock; it may be over.
        package var holder: Holder?
        /// The highest fence that a grant gave, or the least it can have been.
        package var fence: UInt64 = 0
        /// Tokens that were given.
        package var tokens: Set<String> = []
        /// The earliest instant at which the last operation can have happened.
        package var now: UInt64 = 0

        /// No lock, and none before.
        package init() {}
    }

    /// A lock that was granted.
    package struct Holder: Hashable, Sendable {
        /// Its token; `nil` if nobody was told.
        package var token: String?
        /// The earliest instant at which it can be over.
        package var earliestEnd: UInt64
        /// The instant at which it surely is.
        package var latestEnd: UInt64
        /// How long it lasts, in nanoseconds.
        package var timeout: UInt64
    }

    /// A request.
    package enum Operation: Sendable, Equatable {
        /// LOCK, for so many nanoseconds.
        case acquire(timeout: UInt64)
        /// LOCK with a token, for so many nanoseconds from now.
        case refresh(token: String, timeout: UInt64)
        /// UNLOCK.
        case release(token: String)
        /// A write to the resource, with the token that it submits.
        case write(token: String?)
        /// Asks who holds the lock.
        case inspect
    }

    /// What came back.
    package enum Answer: Sendable, Equatable {
        /// The lock was granted, with its fence, and the instant at which it ends if that was said.
        case granted(token: String, fence: UInt64, until: UInt64?)
        /// The refresh, with the instant at which the lock ends now, release or write succeeded.
        case done(until: UInt64?)
        /// 423, 412, 409 or 403: the lock is another's, or the token that of no lock.
        case refused
        /// There is a lock, with this token if that was said.
        case held(token: String?)
        /// There is no lock.
        case free
        /// Nothing was tried.
        case noEffect
    }

    /// No lock.
    package let initial = State()

    /// A resource without a lock.
    package init() {}

    package func states(
        after operation: Operation,
        answering answer: Answer?,
        in state: State,
        within window: ClosedRange<UInt64>
    ) -> [State] {
        guard answer != .noEffect else { return [state] }
        guard let instant = Instant(state, window) else { return [] }
        switch operation {
        case .acquire(let timeout): return acquire(timeout, answer, instant)
        case .refresh(let token, let timeout): return refresh(token, timeout, answer, instant)
        case .release(let token): return release(token, answer, instant)
        case .write(let token): return write(token, answer, instant)
        case .inspect: return inspect(answer, instant)
        }
    }

    /// Hardly anything does, as whatever was done moves the clock.
    package func onlyTells(_ operation: Operation, answering answer: Answer) -> Bool { answer == .noEffect }

    private func acquire(_ timeout: UInt64, _ answer: Answer?, _ instant: Instant) -> [State] {
        switch answer {
        case .granted(let token, let fence, let end):
            guard let free = instant.whenFree, fence > free.state.fence, !free.state.tokens.contains(token) else {
                return []
            }
            var state = free.state
            state.holder = free.holder(token, timeout, until: end)
            state.fence = fence
            state.tokens.insert(token)
            return state.holder == nil ? [] : [state]
        case nil:
            guard let free = instant.whenFree else { return [] }
            var state = free.state
            state.holder = free.holder(nil, timeout, until: nil)
            state.fence = state.fence.addingReportingOverflow(1).partialValue
            return [state]
        case .refused: return [instant.whenHeld].compactMap { $0?.state }
        default: return []
        }
    }

    private func refresh(_ token: String, _ timeout: UInt64, _ answer: Answer?, _ instant: Instant) -> [State] {
        switch answer {
        case .done(let end): extend(token, timeout, until: end, instant)
        case nil: extend(token, timeout, until: nil, instant)
        case .refused: instant.whenNotHeld(by: token).map(\.state)
        default: []
        }
    }

    private func extend(_ token: String, _ timeout: UInt64, until end: UInt64?, _ instant: Instant) -> [State] {
        guard let held = instant.whenHeld(by: token), let holder = held.holder(token, timeout, until: end) else {
            return []
        }
        var state = held.state
        state.holder = holder
        return [state]
    }

    private func release(_ token: String, _ answer: Answer?, _ instant: Instant) -> [State] {
        switch answer {
        case .done, nil:
            guard var state = instant.whenHeld(by: token)?.state else { return [] }
            state.holder = nil
            return [state]
        case .refused: return instant.whenNotHeld(by: token).map(\.state)
        default: return []
        }
    }

    /// A write changes nothing about the lock, so that an unanswered one never matters.
    private func write(_ token: String?, _ answer: Answer?, _ instant: Instant) -> [State] {
        switch (answer, token) {
        case (.done, nil): [instant.whenFree].compactMap { $0?.state }
        case (.done, let token?): [instant.whenHeld(by: token)].compactMap { $0?.state }
        case (.refused, nil): [instant.whenHeld].compactMap { $0?.state }
        case (.refused, let token?): instant.whenNotHeld(by: token).map(\.state)
        default: []
        }
    }

    private func inspect(_ answer: Answer?, _ instant: Instant) -> [State] {
        switch answer {
        case .held(let token?): [instant.whenHeld(by: token)].compactMap { $0?.state }
        case .held(nil): [instant.whenHeld].compactMap { $0?.state }
        case .free: [instant.whenFree].compactMap { $0?.state }
        default: []
        }
    }
}
