import Catalog

extension PolicyPart {
    /// The conflict policy; `nil` if it is off.
    func conflict(into findings: inout Findings) -> ConflictPolicy? {
        let isWritten = isOwn("conflict") || service.value["policies"]?.member("conflict") != nil
        guard let member = member("conflict") else { return isWritten ? nil : ConflictPolicy() }
        let part = ConflictPart(
            member: member,
            path: path("conflict"),
            pattern: pattern,
            kinds: surroundings.kinds
        )
        let policy = part.policy(into: &findings)
        guard self.member("redirect") != nil, policy.level != .observe else { return policy }
        // A service's level is meant for the routes that forward; one of them may still redirect.
        guard isOwn("conflict") || !isOwn("redirect") else { return policy }
        findings.warning(
            "route '\(route.name)' redirects, so there is nothing to \(policy.level.rawValue)",
            hint: "take 'redirect' or the conflict level out",
            at: member.value["level"]?.position ?? member.position
        )
        return policy
    }
}
