import TestKit
import Testing

/// The search over hand-made histories of a register.
struct LinearizabilitySearchTests {
    private typealias Timed = TimedOperation<RegisterModel>

    private let model = RegisterModel(initial: "n0", tags: ["t0": "n0", "t1": "n1", "t2": "n2"])

    private func read(_ answer: RegisterModel.Answer, _ times: ClosedRange<UInt64>) -> TimedOperation<RegisterModel> {
        Timed(.init(.read), answering: answer, invoked: times.lowerBound, completed: times.upperBound)
    }

    private func write(
        _ nonce: String,
        _ condition: ClientOperation.Condition,
        _ answer: RegisterModel.Answer,
        _ times: ClosedRange<UInt64>
    ) -> TimedOperation<RegisterModel> {
        Timed(
            .init(.write(condition), nonce),
            answering: answer,
            invoked: times.lowerBound,
            completed: times.upperBound
        )
    }

    private func search(_ operations: [TimedOperation<RegisterModel>]) -> LinearizabilityVerdict {
        LinearizabilitySearch(model, operations).run()
    }

    @Test func `no operations have an order`() {
        #expect(search([]) == .linearizable(order: []))
    }

    @Test func `operations that overlap may come in any order`() {
        let operations = [
            read(.saw("n1"), 2...9), write("n1", .match("t0"), .done, 1...10),
            write("n2", .match("t0"), .refused(current: "t1"), 1...10),
        ]
        guard case .linearizable(let order) = search(operations) else {
            Issue.record("there is an order")
            return
        }
        #expect(order.first == 1)
        #expect(order.sorted() == [0, 1, 2])
    }

    @Test func `what ended before another began comes first`() {
        #expect(search([write("n1", .none, .done, 1...4), read(.saw("n0"), 5...6)]).failure != nil)
        #expect(search([write("n1", .none, .done, 1...4), read(.saw("n0"), 4...6)]).isLinearizable)
    }

    @Test func `reads do not go back`() {
        let writing = write("n1", .none, .done, 1...20)
        #expect(search([writing, read(.saw("n1"), 2...3), read(.saw("n0"), 4...5)]).failure != nil)
        #expect(search([writing, read(.saw("n0"), 2...3), read(.saw("n1"), 4...5)]).isLinearizable)
    }

    @Test func `a version is consumed once`() throws {
        let operations = [
            write("n1", .match("t0"), .done, 1...10), write("n2", .match("t0"), .done, 2...11),
            read(.saw("n2"), 20...21),
        ]
        let failure = try #require(search(operations).failure)
        #expect(failure.beginning == [0, 1])
        #expect(failure.last == 1)
        #expect(failure.longest == [0] && failure.stuck == [1] || failure.longest == [1] && failure.stuck == [0])
        #expect(failure.explanation.contains("No order explains the first 2 operations since #1 was answered."))
    }

    @Test func `only the shortest beginning is explained`() throws {
        let operations = [
            write("n1", .match("t0"), .done, 1...3), read(.saw("n0"), 5...6), read(.saw("n1"), 7...8),
            read(.saw("n2"), 9...10),
        ]
        let failure = try #require(search(operations).failure)
        #expect(failure.beginning == [0, 1])
        #expect(failure.last == 1)
        #expect(failure.longest == [0])
        #expect(failure.stuck == [1])
    }

    @Test func `an unanswered write takes effect at any later time, or never`() {
        let unknown = Timed(unanswered: .init(.write(.none), "n1"), invoked: 1)
        #expect(search([unknown, read(.saw("n0"), 50...51), read(.saw("n1"), 90...91)]).isLinearizable)
        #expect(search([unknown, read(.saw("n0"), 50...51)]) == .linearizable(order: [1]))
        #expect(search([unknown, read(.saw("n1"), 50...51), read(.saw("n0"), 90...91)]).failure != nil)
        let later = Timed(unanswered: .init(.write(.none), "n1"), invoked: 60)
        #expect(search([later, read(.saw("n1"), 50...51)]).failure != nil)
    }

    @Test func `an unanswered write with a bound takes no effect after it`() {
        let bounded = Timed(unanswered: .init(.write(.none), "n1"), invoked: 1, until: 60)
        #expect(search([bounded, read(.saw("n0"), 50...51), read(.saw("n1"), 90...91)]).isLinearizable)
        #expect(search([bounded, read(.saw("n0"), 61...62), read(.saw("n1"), 90...91)]).failure != nil)
        #expect(search([bounded, read(.saw("n0"), 60...62), read(.saw("n1"), 90...91)]).isLinearizable)
    }

    @Test func `an unanswered conditional write is held to its condition`() {
        let unknown = Timed(unanswered: .init(.write(.match("t0")), "n2"), invoked: 1)
        #expect(search([write("n1", .none, .done, 2...3), unknown, read(.saw("n2"), 5...6)]).failure != nil)
        #expect(search([write("n1", .none, .done, 2...3), unknown, read(.saw("n1"), 5...6)]).isLinearizable)
    }

    @Test func `what changes nothing here may be needed later`() {
        let again = Timed(.init(.delete(.none), "d"), answering: .done, invoked: 1, completed: 20)
        let removal = Timed(.init(.delete(.none), "e"), answering: .done, invoked: 1, completed: 2)
        let operations = [
            removal, again, read(.missing, 3...4), write("n1", .absent, .done, 5...6), read(.missing, 7...8),
        ]
        #expect(search(operations).isLinearizable)
    }

    @Test func `what tells something does not push out a write that had to come before`() {
        let bounded = Timed(unanswered: .init(.write(.none), "n1"), invoked: 1, until: 5)
        let refusal = write("n2", .match("t2"), .refused(current: nil), 6...20)
        #expect(search([bounded, refusal, read(.saw("n1"), 6...20)]).isLinearizable)
    }

    @Test func `creation, removal and refusals follow the rules`() {
        let removal = Timed(.init(.delete(.match("t0")), "d"), answering: .done, invoked: 1, completed: 2)
        #expect(search([removal, read(.missing, 3...4), write("n1", .absent, .done, 5...6)]).isLinearizable)
        #expect(search([write("n1", .absent, .done, 5...6)]).failure != nil)
        #expect(search([write("n1", .absent, .refused(current: "t0"), 5...6)]).isLinearizable)
        #expect(search([write("n1", .absent, .refused(current: "t1"), 5...6)]).failure != nil)
        #expect(search([write("n1", .none, .refused(current: nil), 5...6)]).failure != nil)
        #expect(search([write("n1", .match("t0"), .refused(current: nil), 5...6)]).failure != nil)
        #expect(search([write("n1", .match("t2"), .missing, 5...6)]).failure != nil)
        #expect(search([removal, write("n1", .match("t0"), .refused(current: nil), 5...6)]).isLinearizable)
        #expect(search([removal, write("n1", .match("t0"), .done, 5...6)]).failure != nil)
        #expect(search([write("n1", .match("t0"), .noEffect, 5...6), read(.saw("n1"), 7...8)]).failure != nil)
    }

    @Test func `a tag that nobody was told a state for names one at most`() {
        let first = write("n8", .none, .done, 1...2)
        let second = write("n9", .match("x"), .done, 3...4)
        #expect(search([first, second]).isLinearizable)
        #expect(search([first, second, write("n7", .match("x"), .done, 5...6)]).failure != nil)
        #expect(search([write("n9", .match("x"), .done, 3...4)]).failure != nil)
    }

    @Test func `what it cannot decide it does not decide`() {
        let many = (0..<65).map { read(.saw("n0"), UInt64($0)...UInt64($0)) }
        guard case .undecided(let reason) = search(many) else {
            Issue.record("65 operations were decided")
            return
        }
        #expect(reason.contains("at most 64"))
        #expect(search(Array(many.prefix(64))).isLinearizable)
        let writes = (0..<12).map { write("w\($0)", .none, .done, 1...50) } + [read(.saw("n0"), 60...61)]
        guard case .undecided = LinearizabilitySearch(model, writes, limit: 100).run() else {
            Issue.record("the limit was passed")
            return
        }
        #expect(search(writes).failure != nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `many operations that overlap take no more than moments`() {
        var operations = (0..<11).map { write("w\($0)", .none, .done, 1...50) }
        operations += [read(.saw("w10"), 60...61), read(.saw("w9"), 1...50), read(.saw("w3"), 1...50)]
        #expect(search(operations).isLinearizable)
        #expect(search(operations + [read(.saw("w9"), 62...63)]).failure != nil)
    }
}
