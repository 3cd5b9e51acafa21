import Catalog

/// Reads one service with its routes.
struct ServicePart {
    /// The service with its name.
    let member: Piece.Member
    /// What the rest of the file defines.
    let surroundings: Surroundings

    private var path: String { "services.\(member.name)" }

    private var isModelService: Bool { member.value.member("llm") != nil }

    /// The routes, each with the places later checks need.
    func routes(into findings: inout Findings) -> [WrittenRoute] {
        checkUpstream(into: &findings)
        if isModelService { ModelPolicyCheck(service: member).check(into: &findings) }
        let routes = member.value["routes"]?.members ?? []
        if routes.isEmpty, member.value["routes"]?.isEmpty ?? true, !isModelService {
            findings.warning("service '\(member.name)' has no routes, so nothing leads to it", at: member.position)
        }
        return routes.compactMap { written($0, into: &findings) }
    }

    /// The service with `routes`; `nil` if nothing usable is left of it, which then is a finding already.
    func service(routes: [Route], into findings: inout Findings) -> Service? {
        if isModelService {
            return ModelServicePart(service: member, surroundings: surroundings)
                .service(routes: routes, into: &findings)
        }
        guard let name = ServiceName(member.name), let text = member.value.text("upstream"),
            let upstream = UpstreamName(text)
        else { return nil }
        return Service(name: name, upstream: upstream, routes: routes)
    }

    private func checkUpstream(into findings: inout Findings) {
        let upstream = member.value.member("upstream")
        if upstream == nil, !isModelService, !member.value.isBroken {
            findings.error(
                "'\(path)' has neither 'upstream' nor 'llm'",
                hint: "name the upstream its routes lead to, or write 'llm: {}' for language models",
                at: member.position
            )
        }
        if let upstream, isModelService {
            findings.error(
                "'\(path)' has both 'upstream' and 'llm'",
                hint: "make two services of it",
                at: upstream.position
            )
        }
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
        checkReach(of: route, pattern, into: &findings)
        guard let pattern, let name = RouteName(route.name) else { return nil }
        var result = Route(name: name, path: pattern, methods: piece.texts("methods"))
        // A prompt is sent with POST, to the hosts of its service, unless its route says otherwise.
        if isModelService { result.methods = result.methods ?? ["POST"] }
        let hosts = piece.texts("hosts") ?? (isModelService ? member.value["llm"]?.texts("hosts") : nil)
        result.hosts = (hosts ?? []).compactMap { try? HostPattern(parsing: $0) }
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

    private func checkReach(of route: Piece.Member, _ pattern: PathPattern?, into findings: inout Findings) {
        let own = [".well-known", "parley"].map { PathShape.Segment.literal(Array($0.utf8)) }
        guard let pattern, pattern.segments.count > own.count else { return }
        guard Array(PathShape(pattern).segments.prefix(own.count)) == own else { return }
        findings.warning(
            "no request reaches the route '\(member.name)/\(route.name)': the gateway itself answers all under "
                + "/.well-known/parley/",
            hint: "choose another path",
            at: route.value["path"]?.position ?? route.position
        )
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
