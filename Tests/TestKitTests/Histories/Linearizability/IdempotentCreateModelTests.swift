import TestKit
import Testing

/// Creates by hand, judged by what callers were told and by what the upstream has in the end.
struct IdempotentCreateModelTests {
    private static let mine = KeyedCall.Slot(principal: "alice", key: "k1")
    private static let theirs = KeyedCall.Slot(principal: "bob", key: "k1")

    private func told(
        _ outcome: KeyedCall.Outcome,
        _ times: ClosedRange<UInt64>,
        _ slot: KeyedCall.Slot = mine,
        fingerprint: String = "f"
    ) -> TimedOperation<IdempotentCreateModel> {
        guard outcome != .lost else {
            return TimedOperation(unanswered: .create(slot, fingerprint: fingerprint), invoked: times.lowerBound)
        }
        return TimedOperation(
            .create(slot, fingerprint: fingerprint),
            answering: .told(outcome),
            invoked: times.lowerBound,
            completed: times.upperBound
        )
    }

    private func list(_ effects: [String], _ slot: KeyedCall.Slot = mine) -> TimedOperation<IdempotentCreateModel> {
        TimedOperation(.list(slot), answering: .effects(effects), invoked: 1_000, completed: 1_000)
    }

    private func reply(_ effect: String?, status: Int = 201, body: UInt8 = 1, isReplay: Bool = false)
        -> KeyedCall.Outcome
    {
        .reply(KeyedCall.Reply(status: status, body: [body], effect: effect, isReplay: isReplay))
    }

    private func holds(_ operations: TimedOperation<IdempotentCreateModel>...) -> Bool {
        LinearizabilitySearch(IdempotentCreateModel(), operations).run().isLinearizable
    }

    @Test func `the first answer is the answer`() {
        let first = told(reply("e1"), 1...9)
        #expect(holds(first, told(reply("e1", isReplay: true), 10...11), list(["e1"])))
        #expect(holds(first, told(.inFlight, 2...3), told(.unavailable, 4...5)))
        #expect(!holds(first, told(reply("e1"), 10...11)))
        #expect(!holds(first, told(reply("e1", body: 2, isReplay: true), 10...11)))
        #expect(!holds(told(reply("e1", isReplay: true), 10...11)))
        #expect(!holds(first, told(reply("e1", isReplay: true), 10...11, fingerprint: "g")))
        #expect(holds(first, told(.keyReused, 10...11, fingerprint: "g")))
        #expect(!holds(first, told(.keyReused, 10...11)))
    }

    @Test func `what the upstream has is what was told`() {
        let first = told(reply("e1"), 1...9)
        #expect(!holds(first, list([])))
        #expect(!holds(first, list(["e2"])))
        #expect(!holds(first, list(["e1", "e2"])))
        #expect(!holds(list(["e1"])))
        #expect(!holds(told(.failed(.notApplied), 1...9), list(["e1"])))
        #expect(holds(told(.failed(.unknown), 1...9), list(["e1"])))
        #expect(holds(told(.failed(.unknown), 1...9), list([])))
        #expect(!holds(told(.failed(.applied), 1...9), list([])))
        #expect(holds(told(reply(nil), 1...9), list(["e1"])))
    }

    @Test func `doubt is not resolved by another attempt`() {
        let doubt = told(.failed(.unknown), 1...9)
        #expect(holds(doubt, told(.outcomeUnknown, 10...11)))
        #expect(!holds(doubt, told(reply("e1"), 10...11)))
        #expect(!holds(told(.outcomeUnknown, 10...11)))
        #expect(!holds(told(reply("e1"), 1...9), told(.outcomeUnknown, 10...11)))
        #expect(holds(told(.failed(.notApplied), 1...9), told(reply("e1"), 10...11)))
        #expect(!holds(told(reply("e1"), 1...9), told(.failed(.notApplied), 10...11)))
    }

    @Test func `a client that left may have done anything, once`() {
        let lost = told(.lost, 1...9)
        #expect(holds(lost, told(reply("e1", isReplay: true), 10...11), list(["e1"])))
        #expect(holds(lost, told(.outcomeUnknown, 10...11), list(["e1"])))
        #expect(holds(lost, told(reply("e2"), 10...11), list(["e2"])))
        #expect(holds(lost, told(.keyReused, 10...11, fingerprint: "g"), list([])))
        #expect(!holds(lost, told(reply("e2"), 10...11), list(["e1", "e2"])))
    }

    @Test func `answers that free the key, and errors`() {
        let refusal = told(reply(nil, status: 422), 1...9)
        #expect(holds(refusal, told(reply("e1"), 10...11)))
        let failure = told(reply(nil, status: 500), 1...9)
        #expect(holds(failure, told(.outcomeUnknown, 10...11), list(["e1"])))
        #expect(holds(failure, told(reply(nil, status: 500, isReplay: true), 10...11), list([])))
        #expect(!holds(failure, told(reply("e1"), 10...11)))
    }

    @Test func `no answer crosses to another caller`() {
        let first = told(reply("e1"), 1...9)
        #expect(!holds(first, told(reply("e1"), 1...9, Self.theirs)))
        #expect(!holds(first, told(reply("e1", isReplay: true), 10...11, Self.theirs)))
        #expect(holds(first, told(reply("e2"), 1...9, Self.theirs), list(["e1"]), list(["e2"], Self.theirs)))
    }
}
