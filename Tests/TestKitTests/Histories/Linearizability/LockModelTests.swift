import TestKit
import Testing

/// Locks by hand: who may, who may not, and when a lock is over.
struct LockModelTests {
    private typealias Timed = TimedOperation<LockModel>

    private func timed(
        _ operation: LockModel.Operation,
        _ answer: LockModel.Answer,
        _ times: ClosedRange<UInt64>
    ) -> TimedOperation<LockModel> {
        Timed(operation, answering: answer, invoked: times.lowerBound, completed: times.upperBound)
    }

    private func grant(
        _ token: String,
        _ fence: UInt64,
        _ times: ClosedRange<UInt64>,
        timeout: UInt64 = 100,
        until end: UInt64? = nil
    ) -> TimedOperation<LockModel> {
        timed(.acquire(timeout: timeout), .granted(token: token, fence: fence, until: end), times)
    }

    private func holds(_ operations: TimedOperation<LockModel>...) -> Bool {
        LinearizabilitySearch(LockModel(), operations).run().isLinearizable
    }

    private var first: TimedOperation<LockModel> { grant("a", 1, 10...20) }

    @Test func `a lock keeps out writes without its token`() {
        #expect(holds(first, timed(.write(token: nil), .refused, 30...40)))
        #expect(!holds(first, timed(.write(token: nil), .done(until: nil), 30...40)))
        #expect(holds(first, timed(.write(token: "a"), .done(until: nil), 30...40)))
        #expect(!holds(first, timed(.write(token: "a"), .refused, 30...40)))
        #expect(!holds(first, timed(.write(token: "b"), .done(until: nil), 30...40)))
        #expect(!holds(timed(.write(token: nil), .refused, 30...40)))
    }

    @Test func `a lock is one caller's, until it is released`() {
        #expect(!holds(first, grant("b", 2, 30...40)))
        #expect(holds(first, timed(.acquire(timeout: 9), .refused, 30...40)))
        #expect(holds(first, timed(.release(token: "a"), .done(until: nil), 21...29), grant("b", 2, 30...40)))
        #expect(!holds(first, timed(.release(token: "b"), .done(until: nil), 21...29)))
        #expect(holds(first, timed(.release(token: "b"), .refused, 21...29)))
        #expect(!holds(timed(.acquire(timeout: 9), .refused, 30...40)))
    }

    @Test func `fences rise and tokens are new`() {
        let release = timed(.release(token: "a"), .done(until: nil), 21...29)
        #expect(!holds(first, release, grant("b", 1, 30...40)))
        #expect(!holds(first, release, grant("a", 2, 30...40)))
        #expect(holds(first, release, grant("b", 9, 30...40)))
    }

    @Test func `a lock ends when its time is over`() {
        #expect(!holds(first, grant("b", 2, 30...109)))
        #expect(holds(first, grant("b", 2, 30...110)))
        #expect(holds(first, timed(.write(token: "a"), .done(until: nil), 119...130)))
        #expect(!holds(first, timed(.write(token: "a"), .done(until: nil), 120...130)))
        #expect(!holds(first, timed(.write(token: "a"), .done(until: nil), 115...116), grant("b", 2, 100...114)))
        #expect(holds(first, timed(.inspect, .free, 100...110)))
        #expect(!holds(first, timed(.inspect, .held(token: "a"), 120...121)))
    }

    @Test func `an end that was said is exact`() {
        let exact = grant("a", 1, 10...20, until: 115)
        #expect(!holds(exact, grant("b", 2, 30...114)))
        #expect(holds(exact, grant("b", 2, 30...115)))
        #expect(!holds(grant("a", 1, 10...20, until: 121)))
        #expect(!holds(exact, timed(.write(token: "a"), .done(until: nil), 115...130)))
    }

    @Test func `what came between narrows when a grant was`() {
        let long = grant("a", 1, 0...100, timeout: 10)
        let early = timed(.inspect, .held(token: "a"), 5...20)
        #expect(holds(long, timed(.write(token: "a"), .done(until: nil), 50...60)))
        #expect(!holds(long, early, timed(.write(token: "a"), .done(until: nil), 50...60)))
    }

    @Test func `a refresh counts from now, and only for who holds the lock`() {
        let refresh = timed(.refresh(token: "a", timeout: 100), .done(until: nil), 60...70)
        #expect(holds(first, refresh, timed(.write(token: "a"), .done(until: nil), 165...166)))
        #expect(!holds(first, refresh, grant("b", 2, 120...159)))
        #expect(!holds(first, timed(.refresh(token: "a", timeout: 9), .done(until: nil), 120...130)))
        #expect(holds(first, timed(.refresh(token: "a", timeout: 9), .refused, 120...130)))
        #expect(holds(first, timed(.refresh(token: "b", timeout: 9), .refused, 30...40)))
        #expect(!holds(first, timed(.refresh(token: "a", timeout: 9), .refused, 30...40)))
    }

    @Test func `an unanswered grant may keep others out, for its time`() {
        let unknown = Timed(unanswered: .acquire(timeout: 100), invoked: 10, until: 20)
        #expect(holds(unknown, timed(.write(token: nil), .refused, 30...40)))
        #expect(holds(unknown, timed(.write(token: nil), .done(until: nil), 30...40)))
        #expect(!holds(unknown, timed(.write(token: nil), .refused, 120...130)))
        #expect(
            holds(
                unknown,
                timed(.inspect, .held(token: "x"), 30...40),
                timed(.release(token: "x"), .done(until: nil), 50...60)
            )
        )
        #expect(!holds(unknown, timed(.write(token: nil), .refused, 30...40), grant("b", 1, 150...160)))
    }

    @Test func `other unanswered requests may have happened`() {
        let release = Timed(unanswered: .release(token: "a"), invoked: 25)
        #expect(holds(first, release, grant("b", 2, 30...40)))
        #expect(holds(first, release, timed(.write(token: "a"), .done(until: nil), 30...40)))
        let refresh = Timed(unanswered: .refresh(token: "a", timeout: 500), invoked: 25, until: 30)
        #expect(holds(first, refresh, timed(.write(token: "a"), .done(until: nil), 300...310)))
        #expect(holds(first, refresh, grant("b", 2, 200...210)))
        #expect(holds(Timed(unanswered: .write(token: nil), invoked: 1), Timed(unanswered: .inspect, invoked: 1)))
    }
}
