import AccessControl
import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import RouteMatching

extension ExplanationWalk {
    /// The route, what its parameters took, and the names of its policies.
    mutating func noteRoute(_ plan: RoutePlan) {
        let route = plan.source
        let methods = route.methods?.joined(separator: ", ") ?? "every method"
        let hosts = route.hosts.map { ($0.isWildcard ? "*." : "") + $0.name }
        let place = hosts.isEmpty ? "" : " on \(hosts.joined(separator: ", "))"
        explanation.note("route", "\(plan.service)/\(plan.route)  (\(methods) of \(route.path.source)\(place))")
        for (index, name) in route.path.parameterNames.enumerated() {
            guard let range = captures[index], range.upperBound <= path.count else { continue }
            explanation.note("parameter", "\(name) = \(text(path[range]))")
        }
        // Of what is done about conflicts, services heed keys of retries alone.
        let hasConflict = plan.handler == nil ? plan.conflict != nil : plan.conflict?.idempotency != nil
        let names: [(String, Bool)] = [
            ("cors", plan.cors != nil), ("key-auth", plan.allowed != nil), ("rate-limit", plan.limit != nil),
            ("redirect", plan.redirect != nil), ("conflict", hasConflict), ("headers", plan.headers != nil),
            ("compress", plan.compress != nil), ("prompt", route.policies.prompt != nil),
        ]
        explanation.note("policies", names.filter(\.1).map(\.0).joined(separator: ", "))
        if let cors = route.policies.cors {
            let credentials = cors.credentials ? ", with credentials" : ""
            explanation.note("cors", "pages of \(cors.origins.joined(separator: ", "))\(credentials)")
        }
    }

    // MARK: 3 Identity

    /// Who calls.
    mutating func identify(_ plan: RoutePlan) -> Bool {
        guard plan.allowed != nil else { return true }
        let groups = plan.source.policies.keyAuth?.groups?.sorted().joined(separator: ", ")
        explanation.note("key-auth", groups.map { "consumers in one of the groups \($0)" } ?? "any consumer")
        if let name = request.consumer {
            consumer = snapshot.consumerNames.firstIndex(of: name) ?? -1
            guard consumer >= 0 else { return refuse(.unauthenticated, "There is no consumer \(name).") }
            explanation.note("consumer", name)
            return true
        }
        guard let (field, key) = head.presentedKey() else {
            if plan.handler != nil, let query, let found = snapshot.consumer(byKeyIn: query) {
                consumer = found
                explanation.note("consumer", "\(snapshot.consumerNames[found])  (by the key in the query)")
                return true
            }
            return refuse(.unauthenticated, "No key was sent; send one in X-API-Key or as a bearer token.")
        }
        guard let found = snapshot.keys.consumer(forKey: head.copy(key).span) else {
            return refuse(.unauthenticated, "The key in \(field.text) is not known.")
        }
        consumer = found
        explanation.note("consumer", "\(snapshot.consumerNames[found])  (by the key in \(field.text))")
        return true
    }

    // MARK: 4 Admission

    /// Whether the caller may, as far as the moment does not decide it.
    mutating func admit(_ plan: RoutePlan) -> Bool {
        if let allowed = plan.allowed, !allowed.contains(consumer) {
            return refuse(.forbidden, "This consumer is in none of the groups that may call the route.")
        }
        noteLimits(plan)
        if let limit = plan.bodyLimit, case .length(let length) = framing, length > limit {
            return refuse(.bodyTooLarge, "The body exceeds the limit of \(limit) bytes.")
        }
        guard let redirect = plan.redirect else { return true }
        explanation.outcome = .redirected(status: redirect.status, location: text(fill(redirect.to)))
        return false
    }

    private mutating func noteLimits(_ plan: RoutePlan) {
        if let limit = plan.source.policies.rateLimit {
            let window = Self.text(limit.window.wholeNanoseconds)
            explanation.note(
                "rate-limit",
                "\(limit.quota) per \(window), \(limit.burst) at one instant, counted by \(caller(limit.key))"
            )
        }
        if let limit = plan.bodyLimit { explanation.note("body-limit", "\(limit) bytes") }
    }

    private func caller(_ key: RateLimitPolicy.Key) -> String {
        switch key {
        case .consumer where consumer >= 0: "consumer \(snapshot.consumerNames[consumer])"
        case .consumer: "address, since the caller is not known"
        case .address: "address"
        case .route: "route"
        case .header(let name): "header \(name)"
        }
    }

    /// A template with this request's parameters and query values filled in.
    func fill(_ template: Template) -> [UInt8] {
        template.filled(path: path, captures: captures, query: query)
    }

    /// A duration in the words of the configuration.
    static func text(_ nanoseconds: UInt64) -> String {
        let units: [(String, UInt64)] = [
            ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ]
        for (name, size) in units where nanoseconds >= size && nanoseconds % size == 0 {
            return "\(nanoseconds / size)\(name)"
        }
        return "\(nanoseconds / 1_000_000)ms"
    }
}
