import Catalog

/// Reads one policy `conflict`.
struct ConflictPart {
    /// The policy with its name.
    let member: Piece.Member
    /// Its name for messages.
    let path: String
    /// The route's path, if it can be used.
    let pattern: PathPattern?
    /// The kinds of conflicts there are.
    let kinds: Set<String>

    private var piece: Piece { member.value }

    /// The policy; what is absent or unusable keeps its default.
    func policy(into findings: inout Findings) -> ConflictPolicy {
        var policy = ConflictPolicy()
        policy.level = piece.choice("level", as: ConflictPolicy.Level.self) ?? policy.level
        policy.resource = resource(into: &findings)
        policy.requireCondition = requirement(at: policy.level, into: &findings)
        policy.wait = piece.duration("wait") ?? policy.wait
        policy.queue = piece.number("queue") ?? policy.queue
        policy.settle = piece.duration("settle")
        policy.bodyLimit = piece.size("body-limit") ?? policy.bodyLimit
        policy.historyKeep = piece["history"]?.duration("keep") ?? policy.historyKeep
        policy.reveal = piece.choice("reveal", as: ConflictPolicy.Reveal.self) ?? policy.reveal
        policy.explain = piece.choice("explain", as: ConflictPolicy.Explain.self) ?? policy.explain
        policy.messages = messages(into: &findings)
        policy.rules = (piece["rules"]?.items ?? []).compactMap { rule($0, into: &findings) }
        policy.dialect = DialectPart(policy: member, path: path).dialect(at: policy.level, into: &findings)
        policy.merge = switched("merge").flatMap {
            MergePart(member: $0, path: path).policy(at: policy.level, into: &findings)
        }
        let guards = GuardsPart(piece: piece, path: path)
        policy.unique = guards.unique(into: &findings)
        policy.referenced = guards.referenced(into: &findings)
        policy.blindWrites = blindWrites(at: policy.level, into: &findings)
        policy.normalises = piece.flag("normalise") ?? false
        policy.reads = reads(at: policy.level, into: &findings)
        policy.historyVersions = piece["history"]?.number("versions") ?? Self.versions(for: policy)
        policy.locks = switched("locks").flatMap(Self.locks)
        policy.idempotency = switched("idempotency").map {
            IdempotencyPart(member: $0, path: path).policy(into: &findings)
        }
        return policy
    }

    private func blindWrites(
        at level: ConflictPolicy.Level,
        into findings: inout Findings
    ) -> ConflictPolicy.BlindWrites {
        let mode = piece.choice("blind-writes", as: ConflictPolicy.BlindWrites.self) ?? .ignore
        if mode != .ignore, level != .serialise, level != .fenced {
            findings.error(
                "'\(path)': 'blind-writes' is impossible at the level \(level.rawValue), where the gateway does not know "
                    + "what callers have seen",
                hint: "use 'level: serialise'",
                at: piece["blind-writes"]?.position ?? member.position
            )
        }
        return mode
    }

    private func reads(at level: ConflictPolicy.Level, into findings: inout Findings) -> ReadPolicy? {
        guard let reads = switched("reads") else { return nil }
        if level != .serialise, level != .fenced {
            findings.error(
                "'\(path)': 'reads' is impossible at the level \(level.rawValue), where writes do not end what was read",
                hint: "use 'level: serialise'",
                at: reads.position
            )
        }
        var policy = ReadPolicy()
        policy.fresh = reads.value.duration("fresh") ?? policy.fresh
        policy.coalesce = reads.value.flag("coalesce") ?? policy.coalesce
        return policy
    }

    /// What is merged needs the version that each of the waiting writers started from.
    private static func versions(for policy: ConflictPolicy) -> Int {
        policy.merge == nil ? policy.historyVersions : max(policy.historyVersions, min(1000, policy.queue + 1))
    }

    private static func locks(_ member: Piece.Member) -> LockPolicy? {
        guard member.value.flag("enabled") != false else { return nil }
        var policy = LockPolicy()
        policy.longest = member.value.duration("max") ?? policy.longest
        return policy
    }

    /// What stands behind a key that may say `off`; `nil` if it does, or is absent.
    private func switched(_ name: String) -> Piece.Member? {
        guard let member = piece.member(name), member.value.text != "off" else { return nil }
        return member
    }

    private func resource(into findings: inout Findings) -> Template? {
        guard let pattern, let resource = piece["resource"], let text = resource.text else { return nil }
        do {
            return try TemplateText(.resource).template(text, pattern: pattern)
        } catch {
            let subject = "'\(path).resource' on the path \(pattern.source): '\(text.shortened)'"
            findings.error(error, about: subject, at: resource.position)
            return nil
        }
    }

    private func requirement(
        at level: ConflictPolicy.Level,
        into findings: inout Findings
    ) -> ConflictPolicy.ConditionRequirement {
        let requirement: ConflictPolicy.ConditionRequirement =
            switch piece.text("require-condition") {
            case "true": .strong
            case "any": .any
            default: .none
            }
        if requirement != .none, level == .delegate {
            findings.error(
                "'\(path)': 'require-condition' is impossible at the level delegate, where the upstream alone judges",
                hint: "use 'level: serialise'",
                at: piece["require-condition"]?.position ?? member.position
            )
        }
        if requirement != .none, level == .observe {
            findings.warning(
                "'\(path)': 'require-condition' has no effect at the level observe",
                hint: "use 'level: serialise'",
                at: piece["require-condition"]?.position ?? member.position
            )
        }
        return requirement
    }

    private func messages(into findings: inout Findings) -> [String: ConflictMessage] {
        var messages: [String: ConflictMessage] = [:]
        for member in piece["messages"]?.members ?? [] {
            checkKind(member.name, at: member.position, into: &findings)
            for key in ["title", "detail"] {
                guard let text = member.value[key], let written = text.text else { continue }
                checkHoles(written, about: "\(path).messages.\(member.name).\(key)", at: text.position, into: &findings)
            }
            messages[member.name] = ConflictMessage(
                title: member.value.text("title"),
                detail: member.value.text("detail")
            )
        }
        return messages
    }

    private func checkKind(_ kind: String, at position: Position, into findings: inout Findings) {
        guard !kinds.contains(kind) else { return }
        let near = NearestName.to(kind, among: kinds).map { "did you mean '\($0)'?" }
        findings.error(
            "'\(path)': there is no kind of conflict '\(kind.shortened)'",
            hint: near ?? "possible: " + kinds.sorted().joined(separator: ", "),
            at: position
        )
    }

    private func checkHoles(_ text: String, about subject: String, at position: Position, into findings: inout Findings)
    {
        let known = ["resource", "your_version", "current_version", "consumer", "upstream.detail"]
        for hole in MessageHoles.names(in: text) {
            guard let name = hole else {
                findings.error("'\(subject)' has '{{' without '}}'", at: position)
                return
            }
            guard !known.contains(name) else { continue }
            findings.error(
                "'\(subject)' uses '{{\(name.shortened)}}', which no conflict has",
                hint: NearestName.hint(for: name, among: known),
                at: position
            )
        }
    }

    private func rule(_ piece: Piece, into findings: inout Findings) -> ClassificationRule? {
        if let kind = piece["kind"], let text = kind.text { checkKind(text, at: kind.position, into: &findings) }
        guard let kind = piece.text("kind"), let condition = piece.member("when") else { return nil }
        let when = condition.value
        let header = when.text("header").map(FieldName.split)
        let rule = ClassificationRule(
            status: when.number("status"),
            body: when.text("body"),
            header: header.map { HeaderPolicy.Field(name: $0.name.lowercased(), value: $0.value) },
            kind: kind
        )
        if rule.status == nil, rule.body == nil, rule.header == nil {
            findings.error(
                "'\(path).rules': a rule without condition would hold for every answer",
                hint: "add 'status', 'body' or 'header' under 'when'",
                at: condition.position
            )
        }
        return rule
    }
}
