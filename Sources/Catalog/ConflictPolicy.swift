/// What is done about conflicts on a route (contract, section 2, policy `conflict`).
package struct ConflictPolicy: Sendable, Equatable {
    /// Who is the authority over versions.
    package enum Level: String, Sendable, Equatable, CaseIterable {
        case observe
        case delegate
        case serialise
        case translate
        case fenced
    }

    /// What writes must say about the version they are based on.
    package enum ConditionRequirement: Sendable, Equatable {
        /// Nothing.
        case none
        /// `If-Match` with a strong tag, or `If-None-Match: *`.
        case strong
        /// As `strong`, and `If-Match: *` counts too.
        case any
    }

    /// Whether other writers are named to an authenticated caller.
    package enum Reveal: String, Sendable, Equatable, CaseIterable {
        case consumers
        case none
    }

    /// What happens to conflict answers of the upstream.
    package enum Explain: String, Sendable, Equatable, CaseIterable {
        case describe
        case replace
        case off
    }

    /// What becomes of an unconditional write by somebody whose last read is no longer current.
    package enum BlindWrites: String, Sendable, Equatable, CaseIterable {
        case ignore
        case warn
        case refuse
    }

    /// Who is the authority.
    package var level = Level.observe
    /// What is being changed; `nil` is the route's path with its parameters filled in.
    package var resource: Template?
    /// What writes must say.
    package var requireCondition = ConditionRequirement.none
    /// Longest wait for one's turn.
    package var wait: Duration = .seconds(2)
    /// Longest queue per resource.
    package var queue = 64
    /// Shortest quarantine after a timed-out write; `nil` is the upstream's response timeout.
    package var settle: Duration?
    /// Largest representation that is versioned and largest body of a write that takes a turn, in bytes.
    package var bodyLimit = 1 << 20
    /// Recent representations kept per resource.
    package var historyVersions = 8
    /// How long they are kept.
    package var historyKeep: Duration = .seconds(3600)
    /// Whether other writers are named.
    package var reveal = Reveal.consumers
    /// What happens to conflict answers of the upstream.
    package var explain = Explain.describe
    /// Texts by kind name, instead of the built-in ones.
    package var messages: [String: ConflictMessage] = [:]
    /// Classification rules tried before the built-in ones.
    package var rules: [ClassificationRule] = []
    /// How the upstream names and compares versions, at the level `translate`.
    package var dialect: DialectPolicy?
    /// How retried requests are told from new ones; `nil` is not at all.
    package var idempotency: IdempotencyPolicy?
    /// Fields whose values only one resource may have.
    package var unique: [UniqueRule] = []
    /// What must not be deleted while others refer to it.
    package var referenced: [ReferenceRule] = []
    /// What becomes of writes by those who have not seen what they overwrite.
    package var blindWrites = BlindWrites.ignore
    /// Whether the upstream's conflicts get the status of their kind.
    package var normalises = false
    /// How reads are answered without the upstream; `nil` is not at all.
    package var reads: ReadPolicy?
    /// For how long clients may lock resources; `nil` is not at all.
    package var locks: LockPolicy?
    /// How stale writes are merged; `nil` is not at all.
    package var merge: MergePolicy?

    /// The defaults of the contract.
    package init() {}
}
