import Synchronization

/// What has been used of every limit in its window, exact for the whole process.
///
/// A call reserves an upper bound of each limit it falls under, all or none, and settles what it really used: however many
/// calls run at once, no limit is passed. Windows are fixed and begin at their first use.
package final class QuotaTable: Sendable {
    /// One limit's window, as it is kept across restarts.
    package struct Window: Sendable, Equatable {
        /// Which limit.
        package var key: String
        /// When it began (ms since 1970).
        package var opened: Int64
        /// What is used in it; what is reserved counts, so that a crash forgets nothing that may have been spent.
        package var used: Int64

        /// A window.
        package init(key: String, opened: Int64, used: Int64) {
            self.key = key
            self.opened = opened
            self.used = used
        }
    }

    /// What a call asks of a limit.
    struct Claim: Sendable {
        /// The limit.
        let rule: QuotaRule
        /// The most the call can use.
        let amount: Int64
    }

    /// What was reserved for a call, until it is settled.
    struct Reservation: Sendable {
        fileprivate let parts: [(rule: QuotaRule, opened: Int64, amount: Int64)]

        /// The limits it falls under.
        var rules: [QuotaRule] { parts.map(\.rule) }
    }

    /// Why a call may not begin.
    struct Refusal: Error {
        /// The limit that it would pass.
        let rule: QuotaRule
        /// What is used of it already.
        let used: Int64
        /// What the call could use.
        let asked: Int64
        /// When the window ends (ms since 1970).
        let ends: Int64
    }

    private struct State {
        var opened: Int64
        var settled: Int64
        var reserved: Int64
    }

    private let states: Mutex<[String: State]>
    private let changed: @Sendable ([Window]) -> Void

    /// A table that goes on with `windows`; `changed` hears of every change and must not block.
    package init(_ windows: [Window], changed: @escaping @Sendable ([Window]) -> Void) {
        var states: [String: State] = [:]
        for window in windows {
            states[window.key] = State(opened: window.opened, settled: max(0, window.used), reserved: 0)
        }
        self.states = Mutex(states)
        self.changed = changed
    }

    /// Reserves all claims, or none.
    func reserve(_ claims: [Claim], now: Int64) throws(Refusal) -> Reservation {
        let result = states.withLock { states -> Result<Reservation, Refusal> in
            for claim in claims {
                let state = Self.current(states[claim.rule.key], claim.rule, now)
                let free = claim.rule.limit &- state.settled &- state.reserved
                guard claim.amount <= max(0, free) else { return .failure(Self.refusal(claim, state)) }
            }
            var parts: [(rule: QuotaRule, opened: Int64, amount: Int64)] = []
            var windows: [Window] = []
            for claim in claims {
                var state = Self.current(states[claim.rule.key], claim.rule, now)
                state.reserved &+= claim.amount
                states[claim.rule.key] = state
                parts.append((claim.rule, state.opened, claim.amount))
                windows.append(Self.window(claim.rule.key, state))
            }
            // Told under the lock, so that what is kept never goes back to what another loop told before.
            changed(windows)
            return .success(Reservation(parts: parts))
        }
        return try result.get()
    }

    /// Gives back what was reserved and counts what was used: `money` in picounits, `tokens`.
    func settle(_ reservation: Reservation, money: Int64, tokens: Int64) {
        states.withLock { states in
            let windows = reservation.parts.compactMap { part -> Window? in
                // The window in which it was reserved may be over; then nobody asks any more.
                guard var state = states[part.rule.key], state.opened == part.opened else { return nil }
                let used = part.rule.subject == .tokens ? tokens : money
                state.reserved = max(0, state.reserved &- part.amount)
                state.settled = Self.sum(state.settled, max(0, used))
                states[part.rule.key] = state
                return Self.window(part.rule.key, state)
            }
            changed(windows)
        }
    }

    /// What is used of a limit now, reservations included, and when its window ends (ms since 1970; 0 if none is open).
    func usage(of rule: QuotaRule, now: Int64) -> (used: Int64, ends: Int64) {
        states.withLock { states in
            guard let known = states[rule.key], known.opened &+ rule.length > now else { return (0, 0) }
            return (Self.sum(known.settled, known.reserved), known.opened &+ rule.length)
        }
    }

    private static func current(_ known: State?, _ rule: QuotaRule, _ now: Int64) -> State {
        guard let known, now < known.opened &+ rule.length, known.opened <= now &+ rule.length else {
            return State(opened: now, settled: 0, reserved: 0)
        }
        return known
    }

    private static func refusal(_ claim: Claim, _ state: State) -> Refusal {
        Refusal(
            rule: claim.rule,
            used: sum(state.settled, state.reserved),
            asked: claim.amount,
            ends: state.opened &+ claim.rule.length
        )
    }

    private static func window(_ key: String, _ state: State) -> Window {
        Window(key: key, opened: state.opened, used: sum(state.settled, state.reserved))
    }

    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}
