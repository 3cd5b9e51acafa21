import TestKit
import Testing

/// The checker against histories that chance made: correct ones, and correct ones with one thing changed.
struct RandomHistoryTests {
    /// A change that breaks a promise in whatever history it is possible.
    enum Mutation: CaseIterable, Sendable {
        case forgetSuccess, applyTwice, applyRefused, refuseApplied, staleRead, olderVersion, sameVersion, unjustify
        case swapOrder, strangeRead
    }

    private func check(_ history: OperationHistory) -> CheckReport {
        VersionChainChecker(history, settle: 1_000, patience: 1_000).check()
    }

    @Test(arguments: UInt64(0)..<300)
    func `a correct history is never found wrong`(seed: UInt64) {
        let clients = Int(seed % 7) + 1
        let history = CorrectHistory.make(seed: seed, clients: clients, operations: 20 + Int(seed % 100))
        #expect(check(history).violations.map(\.description) == [])
        #expect(check(history).lateApplications.isEmpty)
    }

    @Test(arguments: Mutation.allCases)
    func `a correct history with one thing changed is found wrong`(mutation: Mutation) {
        var changed = 0
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            guard let wrong = mutation.apply(to: CorrectHistory.make(seed: seed), with: &random) else { continue }
            changed += 1
            #expect(!check(wrong).violations.isEmpty, "seed \(seed)")
        }
        #expect(changed >= 50)
    }

    @Test func `the same seed makes the same history`() {
        #expect(CorrectHistory.make(seed: 7) == CorrectHistory.make(seed: 7))
        #expect(CorrectHistory.make(seed: 7) != CorrectHistory.make(seed: 8))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long history takes no more than moments`() {
        #expect(check(CorrectHistory.make(seed: 1, clients: 8, operations: 50_000)).violations.isEmpty)
    }
}

extension RandomHistoryTests.Mutation {
    /// The history with one thing changed, or `nil` where there is nothing to change.
    func apply(to history: OperationHistory, with random: inout SeededGenerator) -> OperationHistory? {
        var wrong = history
        let position = candidates(in: history).randomElement(using: &random)
        guard let position else { return nil }
        let operation = history.operations[position]
        switch self {
        case .forgetSuccess: wrong.applied.removeAll { $0.nonce == operation.nonce }
        case .applyTwice: repeatApplication(of: operation, in: &wrong)
        case .applyRefused: wrong.applied.append(AppliedWrite(nonce: operation.nonce ?? "", at: operation.completed))
        case .refuseApplied: wrong.operations[position].outcome = .turnedAway(status: 409)
        case .staleRead: wrong.operations[position].outcome = .saw(version: "\"n0\"", nonce: "n0")
        case .olderVersion: wrong.operations[position].action = .write(.match("\"n0\""))
        case .sameVersion: consumeAgain(operation, in: &wrong)
        case .unjustify: wrong.operations[position].action = .write(.none)
        case .swapOrder: swapOrder(of: operation, in: &wrong)
        case .strangeRead: wrong.operations[position].outcome = .saw(version: "\"x\"", nonce: "x")
        }
        return wrong
    }

    private func candidates(in history: OperationHistory) -> [Int] {
        let firstEnd = history.operations.filter(\.isSuccess).map(\.completed).min() ?? .max
        return history.operations.indices.filter { position in
            let operation = history.operations[position]
            switch self {
            case .forgetSuccess, .applyTwice, .refuseApplied: return operation.isSuccess
            case .applyRefused: return operation.isRefused
            case .staleRead: return operation.action == .read && operation.invoked > firstEnd
            case .olderVersion: return operation.isConditionalSuccess && operation.action.condition != .match("\"n0\"")
            case .sameVersion: return operation.isConditionalSuccess
            case .unjustify: return operation.isRefused
            case .swapOrder: return operation.isSuccess && history.hasSuccess(after: operation)
            case .strangeRead: return operation.action == .read
            }
        }
    }

    private func repeatApplication(of operation: ClientOperation, in history: inout OperationHistory) {
        let last = history.applied.last?.at ?? 0
        history.applied.append(AppliedWrite(nonce: operation.nonce ?? "", at: max(last, operation.completed)))
    }

    private func consumeAgain(_ operation: ClientOperation, in history: inout OperationHistory) {
        var again = operation
        again.nonce = "again"
        again.client = 99
        history.operations.append(again)
        let position = history.applied.firstIndex { $0.nonce == operation.nonce } ?? 0
        history.applied.insert(AppliedWrite(nonce: "again", at: history.applied[position].at), at: position + 1)
    }

    private func swapOrder(of operation: ClientOperation, in history: inout OperationHistory) {
        guard let first = history.applied.firstIndex(where: { $0.nonce == operation.nonce }),
            let later = history.operations.first(where: { $0.isSuccess && $0.invoked > operation.completed }),
            let second = history.applied.firstIndex(where: { $0.nonce == later.nonce })
        else { return }
        let (one, other) = (history.applied[first], history.applied[second])
        history.applied[first].nonce = other.nonce
        history.applied[second].nonce = one.nonce
    }
}

extension ClientOperation {
    fileprivate var isSuccess: Bool {
        guard case .done = outcome else { return false }
        return true
    }

    fileprivate var isConditionalSuccess: Bool {
        guard case .write(.match) = action else { return false }
        return isSuccess
    }

    fileprivate var isRefused: Bool {
        guard case .write = action, case .refused = outcome else { return false }
        return true
    }
}

extension OperationHistory {
    fileprivate func hasSuccess(after operation: ClientOperation) -> Bool {
        operations.contains { $0.isSuccess && $0.invoked > operation.completed }
    }
}
