import Catalog

/// Reads the policies of one route: its own, and its service's where it has none of that name.
struct PolicyPart {
    /// The route.
    let route: Piece.Member
    /// Its service.
    let service: Piece.Member
    /// The route's path, if it can be used.
    let pattern: PathPattern?
    /// What the rest of the file defines.
    let surroundings: Surroundings

    /// The policy called `name` as it holds for the route; `nil` if there is none or it is `off`.
    func member(_ name: String) -> Piece.Member? {
        let own = route.value["policies"]?.member(name)
        guard let member = own ?? service.value["policies"]?.member(name) else { return nil }
        return member.value.text == "off" ? nil : member
    }

    /// Whether the route itself says something about the policy called `name`.
    func isOwn(_ name: String) -> Bool { route.value["policies"]?.member(name) != nil }

    /// The name of the policy called `name` for messages.
    func path(_ name: String) -> String {
        isOwn(name)
            ? "services.\(service.name).routes.\(route.name).policies.\(name)"
            : "services.\(service.name).policies.\(name)"
    }

    /// The policies; what is unusable is left out.
    func policies(into findings: inout Findings) -> PolicySet {
        var set = PolicySet()
        set.keyAuth = keyAuth(into: &findings)
        set.rateLimit = rateLimit(into: &findings)
        set.cors = cors(into: &findings)
        set.headers = headers(into: &findings)
        set.redirect = redirect(into: &findings)
        set.compress = compress()
        set.conflict = isModelService ? conflictOfModels(into: &findings) : conflict(into: &findings)
        set.prompt = prompt(into: &findings)
        return set
    }

    private func compress() -> CompressPolicy? {
        guard let member = member("compress") else { return nil }
        var policy = CompressPolicy()
        let codings = member.value.texts("codings")?.compactMap { CompressPolicy.Coding(rawValue: $0) }
        policy.codings = codings ?? policy.codings
        policy.minimumLength = member.value.size("min-length") ?? policy.minimumLength
        return policy
    }

    private func keyAuth(into findings: inout Findings) -> KeyAuthPolicy? {
        guard let member = member("key-auth") else { return nil }
        if !surroundings.hasConsumers {
            let message = "'\(path("key-auth"))' refuses every request, because the file defines no consumers"
            findings.warning(message, hint: "add 'consumers'", at: member.position)
        } else {
            for item in member.value["groups"]?.items ?? [] { checkGroup(item, into: &findings) }
        }
        return KeyAuthPolicy(groups: member.value.texts("groups").map { Set($0) })
    }

    private func checkGroup(_ item: Piece, into findings: inout Findings) {
        guard let group = item.text, !surroundings.groups.contains(group) else { return }
        if surroundings.namedGroups.contains(group) {
            return findings.warning("no consumer is in the group '\(group.shortened)'", at: item.position)
        }
        let near = NearestName.to(group, among: surroundings.groups.union(surroundings.namedGroups))
        findings.error(
            "'\(path("key-auth")).groups': there is no group '\(group.shortened)'",
            hint: near.map { "did you mean '\($0)'?" } ?? "put a consumer into it, or list it under 'groups'",
            at: item.position
        )
    }

    private func rateLimit(into findings: inout Findings) -> RateLimitPolicy? {
        guard let member = member("rate-limit") else { return nil }
        let hasKeyAuth = self.member("key-auth") != nil
        var key: RateLimitPolicy.Key = hasKeyAuth ? .consumer : .address
        if let piece = member.value["by"], let text = piece.text,
            let part = try? RequestPart(
                parsing: text,
                words: ["consumer", "address", "route"],
                prefixes: ["header"]
            )
        {
            switch (part.word, part.name) {
            case ("header", .some(let name)): key = .header(name)
            case ("route", _): key = .route
            case ("address", _): key = .address
            default: key = .consumer
            }
            if key == .consumer, !hasKeyAuth {
                let place = route.name.isEmpty ? "" : " on the route '\(route.name)'"
                findings.error(
                    "'\(path("rate-limit"))': 'by: consumer' needs 'key-auth'\(place)",
                    hint: "add 'key-auth: {}', or use 'by: address'",
                    at: piece.position
                )
            }
        }
        guard let quota = member.value.number("quota"), let window = member.value.duration("window") else { return nil }
        return RateLimitPolicy(quota: quota, window: window, burst: member.value.number("burst"), key: key)
    }

    private func cors(into findings: inout Findings) -> CORSPolicy? {
        guard let member = member("cors"), let written = member.value.texts("origins") else { return nil }
        var policy = CORSPolicy(origins: written.compactMap { try? OriginName(parsing: $0).text })
        policy.credentials = member.value.flag("credentials") ?? policy.credentials
        policy.allowHeaders = member.value.texts("allow-headers") ?? []
        policy.exposeHeaders = member.value.texts("expose-headers") ?? []
        policy.maxAge = member.value.duration("max-age") ?? policy.maxAge
        if policy.credentials, policy.origins.contains("*") {
            findings.error(
                "'\(path("cors"))': credentials cannot be allowed to all origins",
                hint: "list the origins, or take 'credentials' out",
                at: member.value["credentials"]?.position ?? member.position
            )
        }
        return policy
    }

    private func redirect(into findings: inout Findings) -> RedirectPolicy? {
        guard let member = member("redirect") else { return nil }
        if let rewrite = route.value.member("rewrite") {
            findings.warning(
                "route '\(route.name)' redirects, so its 'rewrite' has no effect",
                hint: "take one of them out",
                at: rewrite.position
            )
        }
        guard let pattern, let piece = member.value["to"], let text = piece.text else { return nil }
        do {
            let template = try TemplateText(.redirect).template(text, pattern: pattern)
            return RedirectPolicy(to: template, status: member.value.number("status") ?? 308)
        } catch {
            findings.error(error, about: "'\(path("redirect")).to': '\(text.shortened)'", at: piece.position)
            return nil
        }
    }
}
