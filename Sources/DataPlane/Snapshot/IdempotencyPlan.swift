import Catalog
import ConflictEngine
import HTTPSemantics

/// The key `idempotency` of one route's policy `conflict`, compiled.
final class IdempotencyPlan: Sendable {
    /// The policy.
    let policy: IdempotencyPolicy
    /// The field's name in lower case.
    let header: [UInt8]
    /// The methods to which the key means something.
    let methods: Set<[UInt8]>
    /// How bodies are compared.
    let comparison: IdempotencyFingerprint.Comparison
    /// How keys may be written.
    let syntax: IdempotencyKey.Syntax
    /// How long a duplicate waits for the first answer (ns).
    let join: UInt64
    /// How long an answer is kept (ms).
    let retain: Int64

    /// Compiles the policy.
    init(_ policy: IdempotencyPolicy) {
        self.policy = policy
        header = Array(policy.header.lowercased().utf8)
        methods = Set(policy.methods.map { Array($0.utf8) })
        comparison =
            policy.fingerprint == .bytes ? .bytes : .json(ignoring: policy.ignore.compactMap { JSONPointer($0) })
        syntax = policy.syntax == .strict ? .strict : .lenient
        join = policy.join.wholeNanoseconds
        retain = Int64(policy.retain.wholeMilliseconds)
    }
}
