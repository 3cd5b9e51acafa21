extension LockModel {
    /// The instant at which an operation takes effect, as far as it is known, and the state then.
    ///
    /// The earliest instant is always as good as a later one, but for a lock that must be over first.
    struct Instant {
        /// The state, with what follows from the instant for the end of its lock.
        private(set) var state: State
        private let latest: UInt64

        /// An instant in `window` that does not come before what happened already; `nil` if there is none.
        init?(_ state: State, _ window: ClosedRange<UInt64>) {
            guard max(state.now, window.lowerBound) <= window.upperBound else { return nil }
            self.state = state
            latest = window.upperBound
            self.state.now = max(state.now, window.lowerBound)
            guard let holder = state.holder else { return }
            // The grant came before this instant, so that its end is no later than the timeout after it.
            let end = Self.sum(latest, holder.timeout)
            self.state.holder?.latestEnd = max(holder.earliestEnd, min(holder.latestEnd, end))
        }

        /// The instant if nobody holds the lock then, which is put off until it is over.
        var whenFree: Self? {
            guard let holder = state.holder else { return self }
            guard holder.earliestEnd <= latest else { return nil }
            var free = self
            free.state.now = max(state.now, holder.earliestEnd)
            free.state.holder = nil
            return free
        }

        /// The instant if somebody holds the lock then.
        var whenHeld: Self? {
            guard let holder = state.holder, state.now < holder.latestEnd else { return nil }
            var held = self
            held.state.holder?.earliestEnd = max(holder.earliestEnd, state.now + 1)
            return held
        }

        /// The instant if the lock with `token` is held then; a lock whose token nobody was told may be that.
        func whenHeld(by token: String) -> Self? {
            guard var held = whenHeld, let holder = held.state.holder else { return nil }
            guard holder.token ?? token == token else { return nil }
            guard holder.token == nil else { return held }
            guard !state.tokens.contains(token) else { return nil }
            held.state.holder?.token = token
            held.state.tokens.insert(token)
            return held
        }

        /// The instants at which the lock with `token` is not held, since another is or none.
        func whenNotHeld(by token: String) -> [Self] {
            let other = state.holder?.token == token ? nil : whenHeld
            return [other, whenFree].compactMap(\.self)
        }

        /// The lock that is granted or refreshed at the instant; `nil` if it cannot end at `end`.
        func holder(_ token: String?, _ timeout: UInt64, until end: UInt64?) -> Holder? {
            let (earliest, last) = (Self.sum(state.now, timeout), Self.sum(latest, timeout))
            guard let end else {
                return Holder(token: token, earliestEnd: earliest, latestEnd: last, timeout: timeout)
            }
            guard end > state.now, end <= last else { return nil }
            return Holder(token: token, earliestEnd: end, latestEnd: end, timeout: timeout)
        }

        private static func sum(_ moment: UInt64, _ duration: UInt64) -> UInt64 {
            let (sum, overflow) = moment.addingReportingOverflow(duration)
            return overflow ? .max : sum
        }
    }
}
