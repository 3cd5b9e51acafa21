import TestKit
import Testing

/// Hand-made histories: a good one, and for each promise one that breaks it.
struct VersionChainCheckerTests {
    private func op(
        _ invoked: UInt64,
        _ completed: UInt64,
        _ action: ClientOperation.Action,
        _ nonce: String?,
        _ outcome: ClientOperation.Outcome
    ) -> ClientOperation {
        ClientOperation(
            client: 1,
            action: action,
            nonce: nonce,
            invoked: invoked,
            completed: completed,
            outcome: outcome
        )
    }

    private func check(
        _ operations: [ClientOperation],
        _ applied: [AppliedWrite],
        initial: String? = "n0"
    ) -> CheckReport {
        let history = OperationHistory(initial: initial, operations: operations, applied: applied)
        return VersionChainChecker(history, settle: 100, patience: 500).check()
    }

    private func rules(
        _ operations: [ClientOperation],
        _ applied: [AppliedWrite],
        initial: String? = "n0"
    ) -> [Violation.Rule] {
        check(operations, applied, initial: initial).violations.map(\.rule)
    }

    private var readOfInitial: ClientOperation { op(1, 2, .read, nil, .saw(version: "t0", nonce: "n0")) }

    @Test func `a history that keeps every promise has no violation`() {
        let report = check(
            [
                readOfInitial,
                op(3, 8, .write(.match("t0")), "n1", .done(version: "t1")),
                op(4, 9, .write(.match("t0")), "n2", .refused(current: "t1")),
                op(10, 12, .read, nil, .saw(version: "t1", nonce: "n1")),
                op(13, 16, .write(.none), "n3", .uncertain(.unknown)),
                op(40, 45, .delete(.none), "n4", .done(version: nil)),
                op(46, 47, .read, nil, .missing),
                op(46, 48, .write(.match("t1")), "n5", .refused(current: nil)),
                op(49, 52, .write(.absent), "n6", .done(version: "t6")),
                op(51, 54, .write(.absent), "n7", .refused(current: "t6")),
                op(55, 56, .write(.none), "n8", .turnedAway(status: 409)),
                op(57, 60, .write(.none), "n9", .uncertain(.notApplied)),
                op(61, 62, .write(.none), "n10", .notSent),
            ],
            [
                AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n3", at: 20),
                AppliedWrite(nonce: "n4", at: 42, removes: true), AppliedWrite(nonce: "n6", at: 50),
            ]
        )
        #expect(report.violations == [])
        #expect(report.lateApplications == [])
        #expect(report.outsideTheGuarantee == [])
    }

    @Test func `a lost update is found, with both writers as witness`() throws {
        let first = op(3, 8, .write(.match("t0")), "n1", .done(version: "t1"))
        let second = op(4, 9, .write(.match("t0")), "n2", .done(version: "t2"))
        let report = check(
            [readOfInitial, first, second],
            [AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n2", at: 6)]
        )
        #expect(report.violations.map(\.rule) == [.noLostUpdate, .versionConsumedOnce])
        #expect(report.violations.allSatisfy { $0.witness == [first, second] })
        #expect(report.violations.first?.description.contains("n2") == true)
    }

    @Test func `an unconditional write takes part in the chain`() {
        let found = rules(
            [
                readOfInitial, op(3, 8, .write(.none), "n1", .done(version: "t1")),
                op(4, 9, .write(.match("t0")), "n2", .done(version: "t2")),
            ],
            [AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n2", at: 6)]
        )
        #expect(found == [.noLostUpdate])
    }

    @Test func `a write in doubt that overwrote another is a lost update too`() {
        let operations = [
            readOfInitial, op(3, 8, .write(.none), "n1", .done(version: "t1")),
            op(4, 9, .write(.match("t0")), "n2", .uncertain(.unknown)),
        ]
        let early = check(operations, [AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n2", at: 109)])
        #expect(early.violations.map(\.rule) == [.noLostUpdate])
        #expect(early.lateApplications.isEmpty)
    }

    @Test func `what is applied after the quarantine is reported apart`() {
        let late = op(4, 9, .write(.match("t0")), "n2", .uncertain(.unknown))
        let report = check(
            [readOfInitial, op(3, 8, .write(.none), "n1", .done(version: "t1")), late],
            [AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n2", at: 110)]
        )
        #expect(report.violations.isEmpty)
        #expect(report.lateApplications.map(\.operation) == [late])
        #expect(report.lateApplications.map(\.at) == [110])
        #expect(report.outsideTheGuarantee.map(\.rule) == [.noLostUpdate])
    }

    @Test func `patience with a client that left is counted from the beginning`() {
        let operations = [op(3, 8, .write(.none), "n1", .abandoned)]
        #expect(check(operations, [AppliedWrite(nonce: "n1", at: 503)]).lateApplications.isEmpty)
        #expect(check(operations, [AppliedWrite(nonce: "n1", at: 504)]).lateApplications.count == 1)
    }

    @Test func `of two creations one must fail`() {
        let found = rules(
            [
                op(3, 8, .write(.absent), "n1", .done(version: "t1")),
                op(4, 9, .write(.absent), "n2", .done(version: "t2")),
            ],
            [AppliedWrite(nonce: "n1", at: 5), AppliedWrite(nonce: "n2", at: 6)],
            initial: nil
        )
        #expect(found == [.noLostUpdate])
    }

    @Test func `a version that nobody was told is not consumed`() {
        let found = rules(
            [readOfInitial, op(3, 8, .write(.match("t9")), "n1", .done(version: "t1"))],
            [AppliedWrite(nonce: "n1", at: 5)]
        )
        #expect(found == [.noLostUpdate])
    }

    @Test func `a conditional write to nothing must not succeed`() {
        let found = rules(
            [
                readOfInitial, op(3, 8, .delete(.none), "n1", .done(version: nil)),
                op(9, 12, .write(.match("t0")), "n2", .done(version: "t2")),
            ],
            [AppliedWrite(nonce: "n1", at: 5, removes: true), AppliedWrite(nonce: "n2", at: 10)]
        )
        #expect(found == [.noLostUpdate])
    }

    @Test func `a success must be applied, once, and while it runs`() {
        let write = op(3, 8, .write(.none), "n1", .done(version: "t1"))
        #expect(rules([write], []) == [.successWasApplied])
        #expect(rules([write], [AppliedWrite(nonce: "n1", at: 9)]) == [.appliedInTime])
        #expect(rules([write], [AppliedWrite(nonce: "n1", at: 2)]) == [.appliedInTime])
        let twice = [AppliedWrite(nonce: "n1", at: 4), AppliedWrite(nonce: "n1", at: 5)]
        #expect(rules([write], twice) == [.appliedOnce])
    }

    @Test(arguments: [
        ClientOperation.Outcome.refused(current: nil), .turnedAway(status: 428), .uncertain(.notApplied), .notSent,
        .missing,
    ])
    func `what was refused must not be applied`(outcome: ClientOperation.Outcome) {
        let found = rules(
            [readOfInitial, op(3, 8, .write(.match("t0")), "n1", outcome)],
            [AppliedWrite(nonce: "n1", at: 5)]
        )
        #expect(found.first == .refusedIsNotApplied)
    }

    @Test func `what is said to be applied must be`() {
        #expect(rules([op(3, 8, .write(.none), "n1", .uncertain(.applied))], []) == [.claimIsTrue])
        #expect(rules([op(3, 8, .write(.none), "n1", .uncertain(.unknown))], []).isEmpty)
    }

    @Test func `a write that nobody sent is a stranger`() {
        #expect(rules([], [AppliedWrite(nonce: "x", at: 9)]) == [.everyWriteIsKnown])
    }

    @Test func `a tag names one state and a state has one tag`() {
        let again = op(3, 4, .read, nil, .saw(version: "t1", nonce: "n0"))
        #expect(rules([readOfInitial, again], []) == [.oneTagPerState])
        let other = op(5, 8, .write(.none), "n1", .done(version: "t0"))
        #expect(rules([readOfInitial, other], [AppliedWrite(nonce: "n1", at: 6)]) == [.oneTagPerState])
    }

    @Test func `a read that began after a write ended must see it`() {
        let write = op(3, 8, .write(.none), "n1", .done(version: "t1"))
        let stale = op(9, 10, .read, nil, .saw(version: "t0", nonce: "n0"))
        let report = check([write, stale], [AppliedWrite(nonce: "n1", at: 5)])
        #expect(report.violations.map(\.rule) == [.noStaleRead])
        #expect(report.violations.first?.witness == [write, stale])
        let beside = op(8, 10, .read, nil, .saw(version: "t0", nonce: "n0"))
        #expect(rules([write, beside], [AppliedWrite(nonce: "n1", at: 5)]).isEmpty)
    }

    @Test func `reads do not go back in time`() {
        let found = rules(
            [
                op(3, 20, .write(.none), "n1", .done(version: "t1")),
                op(6, 7, .read, nil, .saw(version: "t1", nonce: "n1")),
                op(8, 9, .read, nil, .saw(version: "t0", nonce: "n0")),
            ],
            [AppliedWrite(nonce: "n1", at: 5)]
        )
        #expect(found == [.noStaleRead])
    }

    @Test func `nothing is missing that was there at all times`() {
        #expect(rules([op(3, 4, .read, nil, .missing)], []) == [.noStaleRead])
        let write = op(3, 8, .write(.none), "n1", .done(version: "t1"))
        let found = rules([write, op(9, 10, .read, nil, .missing)], [AppliedWrite(nonce: "n1", at: 5)], initial: nil)
        #expect(found == [.noStaleRead])
        #expect(rules([op(3, 8, .delete(.none), "n1", .missing)], []) == [.refusalIsJustified])
    }

    @Test func `a read sees only what was written, and not before`() {
        #expect(rules([op(3, 4, .read, nil, .saw(version: "t9", nonce: "n9"))], []) == [.readIsOfAWrite])
        let early = op(3, 4, .read, nil, .saw(version: "t1", nonce: "n1"))
        let write = op(3, 9, .write(.none), "n1", .done(version: "t1"))
        #expect(rules([early, write], [AppliedWrite(nonce: "n1", at: 5)]) == [.readIsOfAWrite])
    }

    @Test func `a write that began later comes later`() {
        let first = op(3, 5, .write(.none), "n1", .done(version: "t1"))
        let second = op(6, 9, .write(.none), "n2", .done(version: "t2"))
        let found = rules([first, second], [AppliedWrite(nonce: "n2", at: 7), AppliedWrite(nonce: "n1", at: 4)])
        #expect(found.contains(.realTimeOrder))
    }

    @Test func `a 412 must have been true at some instant`() {
        let refusal = op(3, 8, .write(.match("t0")), "n1", .refused(current: nil))
        #expect(rules([readOfInitial, refusal], []) == [.refusalIsJustified])
        let write = op(3, 20, .write(.none), "n2", .done(version: "t2"))
        #expect(rules([readOfInitial, refusal, write], [AppliedWrite(nonce: "n2", at: 8)]).isEmpty)
        #expect(rules([readOfInitial, refusal, write], [AppliedWrite(nonce: "n2", at: 9)]) == [.refusalIsJustified])
        #expect(rules([op(3, 8, .write(.none), "n1", .refused(current: nil))], []) == [.refusalIsJustified])
        let create = op(3, 8, .write(.absent), "n1", .refused(current: nil))
        #expect(rules([create], [], initial: nil) == [.refusalIsJustified])
        #expect(rules([create], []).isEmpty)
    }

    @Test func `the tag that a 412 calls current must have been`() {
        let operations = [
            readOfInitial, op(3, 8, .write(.none), "n1", .done(version: "t1")),
            op(9, 12, .write(.match("t0")), "n2", .refused(current: "t0")),
        ]
        #expect(rules(operations, [AppliedWrite(nonce: "n1", at: 5)]) == [.refusalNamesCurrent])
    }
}
