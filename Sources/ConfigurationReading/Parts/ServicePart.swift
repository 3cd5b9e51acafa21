import Catalog

/// Reads one service with its routes.
struct ServicePart {
    /// The service with its name.
    let member: Piece.Member
    /// What the rest of the file defines.
    let surroundings: Surroundings

    private var path: String { "services.\(member.name)" }

    /// The routes, each with the places later checks need.
    func routes(into findings: inout Findings) -> [WrittenRoute] {
        checkUpstream(into: &findings)
        let routes = member.value["routes"]?.members ?? []
        if routes.isEmpty, member.value["routes"]?.isEmpty ?? true, member.value.member("llm") == nil {
            findings.warning("service '\(member.name)' has no routes, so nothing leads to it", at: member.position)
        }
        return routes.compactMap { written($0, into: &findings) }
    }

    private func checkUpstream(into findings: inout Findings) {
        guard let piece = member.value["upstream"], let name = piece.text else { return }
        guard !surroundings.upstreams.contains(name) else { return }
        let hint =
            surroundings.upstreams.isEmpty
            ? "the file defines no upstreams" : NearestName.hint(for: name, among: surroundings.upstreams)
        findings.error("'\(path).upstream': there is no upstream '\(name.shortened)'", hint: hint, at: piece.position)
    }

    private func written(_ route: Piece.Member, into findings: inout Findings) -> WrittenRoute? {
        let piece = route.value
        let pattern = piece.text("path").flatMap { try? PathPattern(parsing: $0) }
        let policies = PolicyPart(
            route: route,
            service: member,
            pattern: pattern,
            surroundings: surroundings
        )
        let set = policies.policies(into: &findings)
        let rewrite = rewrite(of: route, pattern: pattern, into: &findings)
        checkMethods(of: route, into: &findings)
        guard let pattern, let name = RouteName(route.name) else { return nil }
        var result = Route(name: name, path: pattern, methods: piece.texts("methods"))
        result.hosts = (piece.texts("hosts") ?? []).compactMap { try? HostPattern(parsing: $0) }
        result.rewrite = rewrite
        result.bodyLimit = piece.size("body-limit")
        result.policies = set
        return WrittenRoute(
            service: member.name,
            upstream: member.value.text("upstream") ?? "",
            route: result,
            pathPosition: piece["path"]?.position ?? route.position,
            conflictPosition: policies.member("conflict")?.position ?? route.position
        )
    }

    private func rewrite(
        of route: Piece.Member,
        pattern: PathPattern?,
        into findings: inout Findings
    ) -> Template? {
        guard let piece = route.value["rewrite"], let text = piece.text, let pattern else { return nil }
        do {
            return try TemplateText(.rewrite).template(text, pattern: pattern)
        } catch {
            let subject = "'\(path).routes.\(route.name).rewrite': '\(text.shortened)'"
            findings.error(error, about: subject, at: piece.position)
            return nil
        }
    }

    private func checkMethods(of route: Piece.Member, into findings: inout Findings) {
        for key in ["methods", "hosts"] {
            var seen: Set<String> = []
            for item in route.value[key]?.items ?? [] {
                guard let text = item.text, !seen.insert(text.lowercased()).inserted else { continue }
                findings.warning(
                    "'\(path).routes.\(route.name).\(key)' lists \(text.shortened) twice",
                    at: item.position
                )
            }
        }
    }
}
