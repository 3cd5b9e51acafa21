package import Catalog
import ConflictEngine

/// The policy `conflict` of one route, compiled.
package final class ConflictPlan: Sendable {
    /// The policy.
    package let policy: ConflictPolicy
    /// Recognises conflicts in the upstream's answers.
    let classifier: ConflictClassifier
    /// Longest wait for a turn, in nanoseconds.
    let wait: UInt64
    /// Shortest quarantine, in nanoseconds.
    let settle: UInt64
    /// How much of a resource's past is kept.
    let retention: HistoryRetention
    /// What is looked up before some writes.
    let guards: GuardPlan?
    /// How the upstream names and compares versions, at the level `translate`.
    let dialect: VersionDialect?
    /// How retries are told from new requests.
    let idempotency: IdempotencyPlan?
    /// How stale writes are merged.
    let merge: MergePlan?

    /// Compiles the policy; `settle` stands in where it names none (ns).
    init(_ policy: ConflictPolicy, settle: UInt64, methods: [String]? = nil, service: String = "") {
        guards = GuardPlan(policy, methods: methods, service: service)
        self.policy = policy
        classifier = ConflictClassifier(rules: policy.rules)
        wait = policy.wait.wholeNanoseconds
        self.settle = policy.settle?.wholeNanoseconds ?? settle
        dialect = policy.dialect.flatMap(VersionDialect.init)
        idempotency = policy.idempotency.map(IdempotencyPlan.init)
        merge = policy.merge.map(MergePlan.init)
        retention = HistoryRetention(
            versions: max(1, policy.historyVersions),
            keep: Int64(policy.historyKeep.wholeMilliseconds)
        )
    }

    /// Whether the gateway is the authority over versions.
    var isSerialise: Bool { policy.level == .serialise || policy.level == .fenced }

    /// Whether tags are the gateway's business and not the upstream's.
    var ownsTags: Bool { isSerialise || dialect != nil }
}
