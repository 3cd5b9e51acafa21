/// Which tag names which state, learnt from what reads and successful writes said.
struct StateNames {
    private var nonces: [String: String] = [:]
    private var tags: [String: String] = [:]
    private var teachers: [String: ClientOperation] = [:]

    /// Nothing is known yet.
    init() {}

    /// The nonce in the state that `tag` names; `nil` if nobody was told the tag.
    func nonce(named tag: String) -> String? { nonces[tag] }

    /// The tag of the state with `nonce` in it; `nil` if nobody was told.
    func tag(of nonce: String) -> String? { tags[nonce] }

    /// Takes in what the operations say; returns where they disagree.
    ///
    /// Reads come first, since tag and bytes of a read are from one answer.
    mutating func learn(from operations: [ClientOperation]) -> [Violation] {
        var found: [Violation] = []
        for operation in operations {
            guard case .saw(let tag?, let nonce?) = operation.outcome else { continue }
            found += learn(tag, nonce, from: operation).map { [$0] } ?? []
        }
        for operation in operations {
            guard case .done(let tag?) = operation.outcome, let nonce = operation.nonce else { continue }
            found += learn(tag, nonce, from: operation).map { [$0] } ?? []
        }
        return found
    }

    private mutating func learn(_ tag: String, _ nonce: String, from operation: ClientOperation) -> Violation? {
        if let other = nonces[tag], other != nonce {
            return disagreement("\(tag) names both \(other) and \(nonce)", operation, with: teachers[tag])
        }
        if let other = tags[nonce], other != tag {
            return disagreement("\(nonce) is named both \(other) and \(tag)", operation, with: teachers[other])
        }
        guard nonces[tag] == nil else { return nil }
        (nonces[tag], tags[nonce], teachers[tag]) = (nonce, tag, operation)
        return nil
    }

    private func disagreement(_ text: String, _ one: ClientOperation, with other: ClientOperation?) -> Violation {
        Violation(.oneTagPerState, text, witness: [other, one].compactMap(\.self))
    }
}
