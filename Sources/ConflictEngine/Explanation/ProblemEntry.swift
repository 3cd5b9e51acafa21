/// What there is to say about one kind of problem; pages and reference are made from it.
package struct ProblemEntry: Sendable, Equatable {
    /// The kind's name, such as `stale-version`.
    package let name: String
    /// One sentence.
    package let title: String
    /// Status of the gateway's own answers, in words where there is more or less than one.
    package let status: String
    /// Whether it is a kind of conflict.
    package let isConflict: Bool
    /// How it comes about.
    package let cause: String
    /// What the client does, step by step.
    package let steps: [String]
    /// Whether the same request may be sent again.
    package let again: String
    /// An exchange as it looks on the wire.
    package let example: String

    /// Every kind, conflicts first, in the order of the contract.
    package static let all: [ProblemEntry] =
        ConflictKind.allCases.map { ProblemEntry($0) } + GatewayProblemKind.allCases.map { ProblemEntry($0) }

    /// The entry of this name.
    package static func named(_ name: String) -> ProblemEntry? {
        all.first { $0.name == name }
    }

    private init(_ kind: ConflictKind) {
        let story = ConflictStory.of(kind)
        name = kind.rawValue
        title = kind.title
        isConflict = true
        cause = story.cause
        steps = story.steps
        again = story.again
        example = story.example
        switch kind {
        case .alreadyExists: status = "409, or 412 when If-None-Match: * was sent"
        case .unversioned: status = "409, or 503 when the version may be known later"
        case .suspectedBlock: status = "none; only seen in answers of upstreams"
        case .lostUpdate, .outOfBandWrite: status = "none; only noted in the journal"
        default: status = kind.gatewayStatus.map { String($0) } ?? "none"
        }
    }

    private init(_ kind: GatewayProblemKind) {
        let story = ProblemStory.of(kind)
        name = kind.rawValue
        title = kind.title
        isConflict = false
        cause = story.cause
        steps = story.steps
        again = story.again
        example = story.example
        status = String(kind.status)
    }
}
