/// Checks a history of locks against the times during which each lock was surely held, whatever the order.
package struct LockHistoryChecker {
    private struct Hold {
        let token: String
        let fence: UInt64
        let granted: LockHistory.Step
        let until: UInt64

        var from: UInt64 { granted.completed }
    }

    private let history: LockHistory
    private let slack: UInt64

    /// A checker of one history; `slack` (ns) is how much the clock that ends locks may differ.
    package init(_ history: LockHistory, slack: UInt64) {
        (self.history, self.slack) = (history, slack)
    }

    /// Everything that is wrong with the history, in sentences.
    package func complaints() -> [String] {
        let holds = history.steps.compactMap(hold)
        return holds.flatMap { others($0, holds) + strangers($0) + refusals($0) } + denials()
    }

    /// From the end of the grant to the first request that may have ended the lock, or to the end of its time.
    private func hold(_ step: LockHistory.Step) -> Hold? {
        guard case .acquire(let timeout) = step.request, case .granted(let token, let fence, _)? = step.answer else {
            return nil
        }
        var until = end(step.invoked, timeout)
        for other in history.steps where other.invoked >= step.completed {
            switch other.request {
            case .refresh(token, let timeout) where other.answer == .done(until: nil) && other.completed < until:
                until = max(until, end(other.invoked, timeout))
            default: break
            }
        }
        for other in history.steps where other.request == .release(token: token) { until = min(until, other.invoked) }
        return Hold(token: token, fence: fence, granted: step, until: until)
    }

    private func end(_ moment: UInt64, _ timeout: UInt64) -> UInt64 {
        let (sum, overflow) = moment.addingReportingOverflow(timeout)
        return overflow ? .max : sum - min(slack, sum)
    }

    private func others(_ hold: Hold, _ holds: [Hold]) -> [String] {
        holds.flatMap { other -> [String] in
            guard other.token != hold.token else { return [] }
            var found: [String] = []
            if other.from < hold.until, hold.from < other.until,
                max(hold.from, other.from) < min(hold.until, other.until)
            {
                found.append("\(hold.token) and \(other.token) were held at the same time")
            }
            if hold.granted.completed < other.granted.invoked, other.fence <= hold.fence {
                found.append(
                    "\(other.token) was granted after \(hold.token), and its fence \(other.fence) is no higher"
                )
            }
            if other.fence == hold.fence { found.append("\(hold.token) and \(other.token) have one fence") }
            return found
        }
    }

    /// Writes of others that the upstream applied while the lock was held.
    private func strangers(_ hold: Hold) -> [String] {
        history.steps.compactMap { step in
            guard case .write(let token) = step.request, token != hold.token,
                let line = history.application(of: step), hold.from < line, line < hold.until
            else { return nil }
            return "\(step.nonce ?? "") was applied at \(line), while \(hold.token) was held"
        }
    }

    /// Refusals of what the holder did while it surely was the holder.
    private func refusals(_ hold: Hold) -> [String] {
        history.steps.compactMap { step in
            guard step.answer == .refused, hold.from <= step.invoked, step.completed <= hold.until else { return nil }
            switch step.request {
            case .write(hold.token), .release(hold.token), .refresh(hold.token, _):
                return "\(step.request) was refused while \(hold.token) was held"
            default: return nil
            }
        }
    }

    /// Writes that were applied although their senders were told that they were not, and the other way round.
    private func denials() -> [String] {
        let known = Set(history.steps.compactMap(\.nonce))
        let strangers = history.applied.filter { !known.contains($0.nonce) }.map { "\($0), and nobody sent it" }
        return strangers
            + history.steps.compactMap { step in
                guard case .write = step.request, let nonce = step.nonce else { return nil }
                let isApplied = history.application(of: step) != nil
                switch step.answer {
                case .done? where !isApplied: return "\(nonce) succeeded and was never applied"
                case .refused? where isApplied, .noEffect? where isApplied: return "\(nonce) was applied, and refused"
                default: return nil
                }
            }
    }
}
