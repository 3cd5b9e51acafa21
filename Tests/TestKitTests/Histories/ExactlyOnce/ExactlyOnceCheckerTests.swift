import TestKit
import Testing

/// Hand-made histories of keyed calls: good ones, and for each promise one that breaks it.
struct ExactlyOnceCheckerTests {
    private static let mine = KeyedCall.Slot(principal: "alice", key: "k1")
    private static let theirs = KeyedCall.Slot(principal: "bob", key: "k1")

    private func call(
        _ number: Int,
        _ times: ClosedRange<UInt64>,
        _ outcome: KeyedCall.Outcome,
        slot: KeyedCall.Slot = mine,
        fingerprint: String = "f"
    ) -> KeyedCall {
        KeyedCall(
            number,
            slot,
            fingerprint: fingerprint,
            invoked: times.lowerBound,
            completed: times.upperBound,
            outcome: outcome
        )
    }

    private func reply(
        _ effect: String?,
        status: Int = 201,
        body: String = "done",
        isReplay: Bool = false
    ) -> KeyedCall.Outcome {
        .reply(KeyedCall.Reply(status: status, body: Array(body.utf8), effect: effect, isReplay: isReplay))
    }

    private func execution(
        _ effect: String,
        of call: Int? = nil,
        at moment: UInt64,
        applied: Bool = true,
        answered: Bool = true
    ) -> UpstreamExecution {
        var line = UpstreamExecution(
            Self.mine,
            effect: effect,
            received: moment,
            applied: applied ? moment : nil,
            answered: answered ? moment : nil
        )
        line.call = call
        return line
    }

    private func rules(_ calls: [KeyedCall], _ executions: [UpstreamExecution]) -> [ExactlyOnceViolation.Rule] {
        ExactlyOnceChecker(KeyedHistory(calls: calls, executions: executions)).check().map(\.rule)
    }

    @Test func `a history that keeps every promise has no violation`() {
        var foreign = execution("e2", at: 4)
        foreign.slot = Self.theirs
        let found = ExactlyOnceChecker(
            KeyedHistory(
                calls: [
                    call(1, 1...10, reply("e1")),
                    call(2, 4...5, .inFlight),
                    call(3, 11...12, reply("e1", isReplay: true)),
                    call(4, 11...12, .keyReused, fingerprint: "g"),
                    call(5, 13...14, .unavailable),
                    call(6, 1...8, reply("e2", body: "other"), slot: Self.theirs),
                ],
                executions: [execution("e1", of: 1, at: 3), foreign]
            )
        ).check()
        #expect(found.map(\.description) == [])
    }

    @Test func `what proves no effect frees the key`() {
        let calls = [
            call(1, 1...5, reply(nil, status: 400, body: "no")), call(2, 6...9, .failed(.notApplied)),
            call(3, 10...19, reply("e3")), call(4, 20...21, reply("e3", isReplay: true)),
        ]
        let executions = [
            execution("e1", of: 1, at: 2, applied: false),
            execution("e2", of: 2, at: 7, applied: false, answered: false),
            execution("e3", of: 3, at: 12),
        ]
        #expect(rules(calls, executions) == [])
    }

    @Test func `doubt is told as doubt`() {
        let calls = [call(1, 1...5, .failed(.unknown)), call(2, 6...7, .outcomeUnknown)]
        #expect(rules(calls, [execution("e1", of: 1, at: 2, answered: false)]) == [])
        #expect(rules(calls, [execution("e1", of: 1, at: 2, applied: false, answered: false)]) == [])
        let left = [call(1, 1...3, .lost), call(2, 6...7, reply("e1", isReplay: true))]
        #expect(rules(left, [execution("e1", of: 1, at: 5)]) == [])
    }

    @Test func `a key takes effect once`() throws {
        let calls = [call(1, 1...5, .lost), call(2, 6...9, reply("e2"))]
        let executions = [execution("e1", of: 1, at: 3, answered: false), execution("e2", of: 2, at: 7)]
        let found = ExactlyOnceChecker(KeyedHistory(calls: calls, executions: executions)).check()
        #expect(found.map(\.rule) == [.appliedOnce])
        let violation = try #require(found.first)
        #expect(violation.calls == calls)
        #expect(violation.executions == executions)
        #expect(violation.message == "key k1 of alice took effect 2 times, as e1, e2")
        #expect(
            violation.description.contains("call 2 [6, 9] with key k1 of alice for f → 201 of 4 bytes about effect e2")
        )
    }

    @Test func `what is in doubt is not tried again, even with luck`() {
        let calls = [call(1, 1...5, .failed(.unknown)), call(2, 6...9, reply("e2"))]
        let executions = [
            execution("e1", of: 1, at: 3, applied: false, answered: false), execution("e2", of: 2, at: 7),
        ]
        #expect(rules(calls, executions) == [.doubtForbidsRepetition])
    }

    @Test func `the upstream executes only what was asked for`() {
        let calls = [call(1, 10...20, reply("e1"))]
        #expect(rules(calls, [execution("e1", of: 1, at: 9)]) == [.everyExecutionIsKnown])
        #expect(rules(calls, [execution("e1", at: 9)]) == [.everyExecutionIsKnown])
        #expect(rules(calls, [execution("e1", of: 7, at: 12)]) == [.everyExecutionIsKnown])
        #expect(rules([], [execution("e1", at: 9)]) == [.everyExecutionIsKnown])
        var other = execution("e1", of: 1, at: 12)
        other.fingerprint = "g"
        #expect(rules(calls, [other]) == [.everyExecutionIsKnown, .oneRequestPerKey])
    }

    @Test func `who was turned away has no effect`() {
        #expect(rules([call(1, 1...5, .unavailable)], [execution("e1", at: 3)]) == [.refusedIsNotApplied])
        let calls = [call(1, 1...9, reply("e1")), call(2, 2...5, .inFlight)]
        let executions = [execution("e1", of: 1, at: 3), execution("e2", of: 2, at: 4)]
        #expect(rules(calls, executions) == [.appliedOnce, .refusedIsNotApplied])
    }

    @Test func `what is said about a failure is true`() {
        #expect(rules([call(1, 1...5, .failed(.notApplied))], [execution("e1", at: 3)]) == [.claimIsTrue])
        let nothing = [execution("e1", at: 3, applied: false, answered: false)]
        #expect(rules([call(1, 1...5, .failed(.applied))], nothing) == [.claimIsTrue])
        #expect(rules([call(1, 1...5, .failed(.notApplied))], nothing) == [])
        #expect(rules([call(1, 1...5, .failed(.unknown))], nothing) == [])
    }

    @Test func `a claim is judged only where it is plain whose effect it is`() {
        let calls = [call(1, 1...5, .failed(.notApplied)), call(2, 6...9, reply("e2"))]
        #expect(rules(calls, [execution("e2", at: 7)]) == [])
        #expect(rules(calls, [execution("e2", at: 3)]) == [.claimIsTrue])
    }

    @Test func `answers under a key are the same bytes`() throws {
        let first = call(1, 1...5, reply("e1"))
        let executions = [execution("e1", of: 1, at: 3)]
        let body = call(2, 6...7, reply("e1", body: "done!", isReplay: true))
        let found = ExactlyOnceChecker(KeyedHistory(calls: [first, body], executions: executions)).check()
        #expect(found.map(\.rule) == [.repliesAreIdentical])
        #expect(found.first?.message.hasSuffix("differ in body (4 and 5 bytes, from byte 4)") == true)
        let status = call(2, 6...7, reply("e1", status: 200, isReplay: true))
        #expect(rules([first, status], executions) == [.repliesAreIdentical])
        var field = call(2, 6...7, reply("e1", isReplay: true))
        var answer = try #require(field.reply)
        answer.fields = ["location": "/2"]
        field.outcome = .reply(answer)
        #expect(rules([first, field], executions) == [.repliesAreIdentical])
    }

    @Test func `a replayed error is final, one that is not is not`() {
        let executions = [execution("e1", of: 1, at: 3, applied: false)]
        let failure = call(1, 1...5, reply(nil, status: 500, body: "a"))
        #expect(rules([failure, call(2, 6...7, reply(nil, status: 500, body: "a", isReplay: true))], executions) == [])
        let other = call(2, 6...7, reply(nil, status: 500, body: "b", isReplay: true))
        #expect(rules([failure, other], executions) == [.repliesAreIdentical])
        #expect(rules([failure, call(2, 6...7, reply(nil, status: 500, body: "b"))], executions) == [])
    }

    @Test func `a replay is marked`() {
        let calls = [call(1, 1...5, reply("e1")), call(2, 6...7, reply("e1"))]
        #expect(rules(calls, [execution("e1", of: 1, at: 3)]) == [.replaysAreMarked])
    }

    @Test func `no answer crosses to another caller or key`() {
        let other = KeyedCall.Slot(principal: "alice", key: "k2")
        for slot in [Self.theirs, other] {
            let calls = [call(1, 1...5, reply("e1")), call(2, 6...7, reply("e1", isReplay: true), slot: slot)]
            #expect(rules(calls, [execution("e1", of: 1, at: 3)]) == [.successWasApplied, .repliesDoNotCross])
        }
    }

    @Test func `a success has taken effect before it is told`() {
        #expect(rules([call(1, 1...5, reply(nil))], []) == [.successWasApplied])
        #expect(rules([call(1, 1...5, reply(nil))], [execution("e1", at: 6)]) == [.successWasApplied])
        #expect(rules([call(1, 1...5, reply(nil))], [execution("e1", at: 3)]) == [])
        #expect(rules([call(1, 1...5, reply("e9"))], [execution("e1", at: 3)]) == [.successWasApplied])
    }

    @Test func `a key is reused only by another request`() {
        let executions = [execution("e1", of: 1, at: 3)]
        let first = call(1, 1...5, reply("e1"))
        #expect(rules([first, call(2, 6...7, .keyReused)], executions) == [.reuseIsReal])
        let turnedAway = call(3, 6...7, .keyReused, fingerprint: "g")
        #expect(rules([first, call(2, 6...7, .keyReused), turnedAway], executions) == [.reuseIsReal])
        #expect(rules([call(2, 6...7, .keyReused, fingerprint: "g")], []) == [.reuseIsReal])
    }

    @Test func `one request succeeds under a key`() {
        let calls = [call(1, 1...5, reply("e1")), call(2, 6...7, reply("e1", isReplay: true), fingerprint: "g")]
        #expect(rules(calls, [execution("e1", of: 1, at: 3)]) == [.oneRequestPerKey])
        var line = execution("e1", at: 3)
        line.fingerprint = "f"
        let left = [call(1, 1...5, .lost), call(2, 6...7, reply("e1", isReplay: true), fingerprint: "g")]
        #expect(rules(left, [line]) == [.oneRequestPerKey])
    }

    @Test func `a duplicate is in flight beside another only`() {
        #expect(rules([call(1, 1...5, .inFlight)], []) == [.flightIsReal])
        let executions = [execution("e1", of: 1, at: 3)]
        #expect(rules([call(1, 1...5, reply("e1")), call(2, 6...7, .inFlight)], executions) == [.flightIsReal])
        #expect(rules([call(1, 1...4, .lost), call(2, 6...7, .inFlight)], executions) == [])
        let calls = [call(1, 1...9, reply("e1")), call(2, 2...3, .inFlight, slot: Self.theirs)]
        #expect(rules(calls, executions) == [.flightIsReal])
    }

    @Test func `an outcome is unknown only after an answer was lost`() {
        let unknown = call(2, 6...7, .outcomeUnknown)
        #expect(rules([unknown], []) == [.doubtIsReal])
        #expect(rules([call(1, 1...5, .lost), unknown], [execution("e1", of: 1, at: 3)]) == [.doubtIsReal])
        let lost = [execution("e1", of: 1, at: 3, answered: false)]
        #expect(rules([call(1, 1...5, .lost), unknown], lost) == [])
        #expect(rules([call(1, 1...5, reply("e1")), unknown], lost) == [.doubtIsReal])
        let nothing = [execution("e1", of: 1, at: 3, applied: false, answered: false)]
        #expect(rules([call(1, 1...5, .failed(.notApplied)), unknown], nothing) == [.doubtIsReal])
        var late = execution("e1", of: 1, at: 3)
        late.answered = 50
        var settings = ExactlyOnceChecker.Settings()
        settings.patience = 40
        let history = KeyedHistory(
            calls: [call(1, 1...45, .failed(.unknown)), call(2, 46...47, .outcomeUnknown)],
            executions: [late]
        )
        #expect(ExactlyOnceChecker(history, settings: settings).check() == [])
        #expect(ExactlyOnceChecker(history).check().map(\.rule) == [.doubtIsReal])
    }

    @Test func `violations of many keys come in the order of time`() {
        let second = KeyedCall.Slot(principal: "zoe", key: "a")
        let calls = [call(1, 9...10, reply(nil)), call(2, 1...2, reply(nil), slot: second)]
        let found = ExactlyOnceChecker(KeyedHistory(calls: calls)).check()
        #expect(found.map { $0.calls.map(\.number) } == [[2], [1]])
    }
}
