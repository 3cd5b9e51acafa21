import TestKit
import Testing

/// The checkers of locks find what is planted, and nothing in a history that is as it should be.
struct LockHistoryCheckerTests {
    private static let hour: UInt64 = 3_600_000_000_000

    private static func step(
        _ request: LockModel.Operation,
        _ answer: LockModel.Answer?,
        _ time: ClosedRange<UInt64>,
        nonce: String? = nil
    ) -> LockHistory.Step {
        LockHistory.Step(request, nonce: nonce, answer: answer, invoked: time.lowerBound, completed: time.upperBound)
    }

    private static func grant(_ token: String, _ fence: UInt64, _ time: ClosedRange<UInt64>) -> LockHistory.Step {
        step(.acquire(timeout: hour), .granted(token: token, fence: fence, until: nil), time)
    }

    private static func isFine(_ history: LockHistory) -> (times: Bool, search: Bool) {
        let verdict = LinearizabilitySearch(LockModel(), history.operations(slack: 0)).run()
        return (LockHistoryChecker(history, slack: 0).complaints().isEmpty, verdict.isLinearizable)
    }

    @Test func `grant, write, release and the next grant are fine`() {
        let history = LockHistory(
            steps: [
                Self.grant("a", 1, 10...20),
                Self.step(.write(token: "a"), .done(until: nil), 30...40, nonce: "n1"),
                Self.step(.write(token: nil), .refused, 32...38, nonce: "n2"),
                Self.step(.release(token: "a"), .done(until: nil), 50...60),
                Self.step(.write(token: nil), .done(until: nil), 55...80, nonce: "n3"),
                Self.grant("b", 2, 82...90),
            ],
            applied: [AppliedWrite(nonce: "n1", at: 35), AppliedWrite(nonce: "n3", at: 70)]
        )
        #expect(Self.isFine(history) == (true, true))
    }

    @Test(arguments: [
        // Two holders at once.
        LockHistory(steps: [grant("a", 1, 10...20), grant("b", 2, 30...40)], applied: []),
        // A fence that does not rise.
        LockHistory(
            steps: [
                grant("a", 2, 10...20), step(.release(token: "a"), .done(until: nil), 30...40), grant("b", 1, 50...60),
            ],
            applied: []
        ),
        // A write that was let through before the grant, and applied after it.
        LockHistory(
            steps: [
                step(.write(token: nil), .done(until: nil), 5...50, nonce: "n1"), grant("a", 1, 10...20),
                step(.write(token: "a"), .done(until: nil), 60...70, nonce: "n2"),
            ],
            applied: [AppliedWrite(nonce: "n1", at: 45), AppliedWrite(nonce: "n2", at: 65)]
        ),
        // The holder is refused.
        LockHistory(
            steps: [grant("a", 1, 10...20), step(.write(token: "a"), .refused, 30...40, nonce: "n1")],
            applied: []
        ),
    ])
    func `what is planted is found by both`(history: LockHistory) {
        #expect(Self.isFine(history) == (false, false))
    }

    /// Nobody else was in its way, so that times alone tell nothing.
    @Test func `a lock that comes back after its release is found by the search`() {
        let history = LockHistory(
            steps: [
                Self.grant("a", 1, 10...20),
                Self.step(.release(token: "a"), .done(until: nil), 30...40),
                Self.step(.write(token: "a"), .done(until: nil), 50...60, nonce: "n1"),
            ],
            applied: [AppliedWrite(nonce: "n1", at: 55)]
        )
        #expect(Self.isFine(history) == (true, false))
    }
}
