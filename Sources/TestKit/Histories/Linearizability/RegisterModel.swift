/// One resource with conditional writes (RFC 9110 §13): what serialise and translate promise to be.
///
/// Every write leaves a nonce of its own. A tag that nobody was told a state for may name any state without a known
/// tag, but only one.
package struct RegisterModel: SequentialModel {
    /// What is there.
    package struct State: Hashable, Sendable {
        /// The nonce of what is there; `nil` for nothing.
        package var nonce: String?
        /// Tags without a known state that a write has consumed, and that name nothing any more.
        package var spent: Set<String> = []

        /// A state.
        package init(nonce: String?) { self.nonce = nonce }
    }

    /// A request.
    package struct Operation: Sendable, Equatable {
        /// What is asked for.
        package var action: ClientOperation.Action
        /// The nonce that a write leaves; `nil` for reads.
        package var nonce: String?

        /// A request.
        package init(_ action: ClientOperation.Action, _ nonce: String? = nil) {
            (self.action, self.nonce) = (action, nonce)
        }
    }

    /// What came back.
    package enum Answer: Sendable, Equatable {
        /// A read found this nonce.
        case saw(String)
        /// There is nothing.
        case missing
        /// A write succeeded.
        case done
        /// 412, with the tag that it calls current, if it does.
        case refused(current: String?)
        /// Nothing was tried, and nothing is said about the state.
        case noEffect
        /// Something that no order can explain.
        case impossible(String)
    }

    /// What is there at first.
    package let initial: State
    private let nonces: [String: String]
    private let tags: [String: String]

    /// A resource with a nonce in it, or nothing; `tags` says which nonce each known tag names.
    package init(initial: String?, tags nonces: [String: String] = [:]) {
        self.initial = State(nonce: initial)
        self.nonces = nonces
        tags = Dictionary(nonces.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func states(
        after operation: Operation,
        answering answer: Answer?,
        in state: State,
        within window: ClosedRange<UInt64>
    ) -> [State] {
        let condition = operation.action.condition
        switch (operation.action, answer) {
        case (_, .noEffect), (.read, nil): return [state]
        case (_, .impossible): return []
        case (.read, .saw(let nonce)): return state.nonce == nonce ? [state] : []
        case (_, .missing): return state.nonce == nil ? [state] : []
        case (.read, .done), (.read, .refused), (_, .saw): return []
        case (_, .refused(let tag)):
            return fails(condition, in: state) && isCurrent(tag, in: state) ? [state] : []
        case (.write, .done), (.write, nil):
            return holds(condition, in: state) ? [leave(operation.nonce, condition, in: state)] : []
        case (.delete, .done), (.delete, nil):
            return holds(condition, in: state) ? [leave(nil, condition, in: state)] : []
        }
    }

    package func onlyTells(_ operation: Operation, answering answer: Answer) -> Bool { answer != .done }

    private func holds(_ condition: ClientOperation.Condition, in state: State) -> Bool {
        switch condition {
        case .none: true
        case .absent: state.nonce == nil
        case .match(let tag): state.nonce.map { names(tag, $0) && !state.spent.contains(tag) } ?? false
        }
    }

    private func fails(_ condition: ClientOperation.Condition, in state: State) -> Bool {
        switch condition {
        case .none: false
        case .absent: state.nonce != nil
        case .match(let tag): nonces[tag] == nil || nonces[tag] != state.nonce
        }
    }

    private func isCurrent(_ tag: String?, in state: State) -> Bool {
        guard let tag else { return true }
        return state.nonce.map { names(tag, $0) } ?? false
    }

    /// Whether `tag` is, or may be for all that anyone was told, the name of the state with `nonce` in it.
    private func names(_ tag: String, _ nonce: String) -> Bool {
        nonces[tag].map { $0 == nonce } ?? (tags[nonce] == nil)
    }

    private func leave(_ nonce: String?, _ condition: ClientOperation.Condition, in state: State) -> State {
        var left = state
        left.nonce = nonce
        if case .match(let tag) = condition, nonces[tag] == nil { left.spent.insert(tag) }
        return left
    }
}
