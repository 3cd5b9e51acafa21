import Catalog

/// Reads the key `idempotency` of one policy `conflict`.
struct IdempotencyPart {
    /// What stands behind the key.
    let member: Piece.Member
    /// The policy's name for messages.
    let path: String

    /// The policy; what is absent or unusable keeps its default.
    func policy(into findings: inout Findings) -> IdempotencyPolicy {
        let piece = member.value
        var policy = IdempotencyPolicy()
        policy.isRequired = piece.flag("required") ?? policy.isRequired
        policy.retain = piece.duration("retain") ?? policy.retain
        policy.header = piece.text("header") ?? policy.header
        policy.methods = piece.texts("methods").map { Set($0) } ?? policy.methods
        policy.join = piece.duration("join") ?? policy.join
        policy.bodyLimit = piece.size("body-limit") ?? policy.bodyLimit
        policy.fingerprint = piece.choice("fingerprint", as: IdempotencyPolicy.Fingerprint.self) ?? policy.fingerprint
        policy.ignore = piece.texts("ignore") ?? policy.ignore
        policy.syntax = piece.choice("syntax", as: IdempotencyPolicy.Syntax.self) ?? policy.syntax
        checkMethods(policy, into: &findings)
        if !policy.ignore.isEmpty, policy.fingerprint == .bytes {
            findings.error(
                "'\(path).idempotency': 'ignore' has no effect on bodies that are compared byte by byte",
                hint: "add 'fingerprint: json', or take 'ignore' out",
                at: piece["ignore"]?.position ?? member.position
            )
        }
        return policy
    }

    private func checkMethods(_ policy: IdempotencyPolicy, into findings: inout Findings) {
        for item in member.value["methods"]?.items ?? [] {
            guard let method = item.text, MethodName.safe.contains(method) else { continue }
            findings.error(
                "'\(path).idempotency.methods': \(method) changes nothing, so it needs no key",
                hint: "take it out",
                at: item.position
            )
        }
    }
}
