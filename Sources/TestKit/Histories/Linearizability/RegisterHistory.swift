/// The history of one resource as a search sees it.
package struct RegisterHistory: Sendable {
    /// What the upstream's log is taken for.
    package enum Evidence: Sendable, CaseIterable {
        /// Nothing: the clients' words alone must have an order.
        case clients
        /// The truth: each write took effect at the instant of its line, and what has none never did.
        case log
    }

    /// The resource.
    package let model: RegisterModel
    /// The operations that say anything.
    package private(set) var operations: [TimedOperation<RegisterModel>] = []
    private var lines: [String: AppliedWrite] = [:]

    /// The operations of `history`; an unknown outcome stays open for `settle` nanoseconds after the answer, and that
    /// of a client that left for ever.
    package init(_ history: OperationHistory, evidence: Evidence, settle: UInt64 = .max) {
        let tags = Self.tags(in: history.operations)
        model = RegisterModel(initial: history.initial, tags: tags.compactMapValues { $0.count == 1 ? $0.first : nil })
        let known = Set(history.operations.compactMap(\.nonce))
        if evidence == .log {
            for write in history.applied {
                if lines.updateValue(write, forKey: write.nonce) != nil { deny("\(write), again") }
                if !known.contains(write.nonce) { deny("\(write), and nobody sent it") }
            }
        }
        for (tag, nonces) in tags where nonces.count > 1 { deny("\(tag) names \(nonces.sorted())") }
        let names = Dictionary(grouping: tags.keys) { tags[$0]?.min() ?? "" }
        for (nonce, tags) in names where tags.count > 1 { deny("\(nonce) is named \(tags.sorted())") }
        for operation in history.operations { add(operation, evidence, settle) }
    }

    private static func tags(in operations: [ClientOperation]) -> [String: Set<String>] {
        operations.reduce(into: [:]) { tags, operation in
            switch operation.outcome {
            case .saw(let tag?, let nonce?): tags[tag, default: []].insert(nonce)
            case .done(let tag?): operation.nonce.map { _ = tags[tag, default: []].insert($0) }
            default: return
            }
        }
    }

    /// Puts in something that no order can explain.
    private mutating func deny(_ complaint: String) {
        operations.append(
            TimedOperation(.init(.read), answering: .impossible(complaint), invoked: 0, completed: .max)
        )
    }

    private mutating func add(_ operation: ClientOperation, _ evidence: Evidence, _ settle: UInt64) {
        guard let answer = answer(to: operation) else {
            return addUnanswered(operation, evidence, settle)
        }
        var timed = TimedOperation<RegisterModel>(
            .init(operation.action, operation.nonce),
            answering: answer,
            invoked: operation.invoked,
            completed: operation.completed
        )
        if evidence == .log, let nonce = operation.nonce { narrow(&timed, nonce) }
        operations.append(timed)
    }

    /// A write that was answered happened when the log says so, and only then.
    private func narrow(_ timed: inout TimedOperation<RegisterModel>, _ nonce: String) {
        switch (timed.answer, lines[nonce]) {
        case (.done?, nil):
            timed.answer = .impossible("\(nonce) was never applied")
        case (.done?, let line?) where (timed.invoked...timed.completed).contains(line.at):
            (timed.invoked, timed.completed) = (line.at, line.at)
        case (_, let line?):
            timed.answer = .impossible("\(line)")
        case (_, nil):
            return
        }
    }

    private mutating func addUnanswered(_ operation: ClientOperation, _ evidence: Evidence, _ settle: UInt64) {
        let request = RegisterModel.Operation(operation.action, operation.nonce)
        guard evidence == .log else {
            let end = operation.completed.addingReportingOverflow(settle)
            let until = operation.outcome == .abandoned || end.overflow ? .max : end.partialValue
            operations.append(TimedOperation(unanswered: request, invoked: operation.invoked, until: until))
            return
        }
        guard let line = operation.nonce.flatMap({ lines[$0] }) else { return }
        let answer: RegisterModel.Answer = line.at >= operation.invoked ? .done : .impossible("\(line)")
        operations.append(TimedOperation(request, answering: answer, invoked: line.at, completed: line.at))
    }

    /// What the outcome says; `nil` if it says nothing about whether there is an effect.
    private func answer(to operation: ClientOperation) -> RegisterModel.Answer? {
        switch operation.outcome {
        case .saw(_, let nonce?): .saw(nonce)
        case .missing: .missing
        case .done, .uncertain(.applied): .done
        case .refused(let current): .refused(current: current)
        case .saw, .turnedAway, .uncertain(.notApplied), .notSent: .noEffect
        case .uncertain(.unknown), .abandoned: nil
        }
    }
}
