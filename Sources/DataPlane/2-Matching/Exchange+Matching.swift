import Catalog
import ConflictEngine
import HTTPWire
import RouteMatching

extension Exchange {
    /// Finds the route by host, path and method.
    func match() -> Verdict {
        if let verdict = wellKnown() { return verdict }
        switch look(up: connection.head.method) {
        case .route(let index, let captures):
            plan = snapshot.plans[index]
            self.captures = captures
            return isPreflight ? preflight() : .proceed
        case .notFound:
            return .reply(.problem(.noRoute, "No route takes \(pathText) on this host."))
        case .methodNotAllowed(let allowed):
            return isPreflight ? preflightOfAnyMethod(allowed) : refuseMethod(allowed)
        }
    }

    /// The path as text, for people.
    var pathText: String { String(decoding: path, as: UTF8.self) }

    private func look(up method: ByteSlice) -> RouteMatch {
        let bytes = connection.head.bytes
        let host = self.host ?? ByteSlice(0, 0)
        let hostSpan = bytes.span.extracting(host.range)
        let methodSpan = bytes.span.extracting(method.range)
        if let path = rewrittenPath {
            return snapshot.routes.match(host: hostSpan, path: path.span, method: methodSpan)
        }
        return snapshot.routes.match(host: hostSpan, path: bytes.span.extracting(pathSlice.range), method: methodSpan)
    }

    /// Finds the route that takes ``path`` by the first of `methods` that one takes; false if none does.
    func matchResource(by methods: [String]) -> Bool {
        let bytes = connection.head.bytes
        let host = self.host ?? ByteSlice(0, 0)
        let path = self.path
        for name in methods {
            let method = Array(name.utf8)
            let found = snapshot.routes.match(
                host: bytes.span.extracting(host.range),
                path: path.span,
                method: method.span
            )
            guard case .route(let index, captures: let captures) = found else { continue }
            plan = snapshot.plans[index]
            self.captures = captures
            return true
        }
        return false
    }

    private var isPreflight: Bool {
        method == .options && connection.head.present.has(.origin)
            && connection.head.present.has(.accessControlRequestMethod)
    }

    /// Answers a preflight before authentication, where the route it asks about or the one that takes it has `cors`.
    private func preflight() -> Verdict {
        // A route that takes OPTIONS may not be the one that will take the request itself.
        if let wanted = connection.head.slice(of: .accessControlRequestMethod),
            case .route(let index, _) = look(up: wanted), snapshot.plans[index].cors != nil
        {
            plan = snapshot.plans[index]
        }
        return plan?.cors == nil ? .proceed : preflightReply()
    }

    /// A preflight whose path matches but whose method, OPTIONS, no route takes.
    private func preflightOfAnyMethod(_ allowed: [String]) -> Verdict {
        let wanted = connection.head.slice(of: .accessControlRequestMethod)
        for candidate in [wanted].compactMap({ $0 }) {
            if case .route(let index, _) = look(up: candidate), snapshot.plans[index].cors != nil {
                plan = snapshot.plans[index]
                return preflightReply()
            }
        }
        if let other = plan(taking: allowed, { $0.cors != nil }) {
            plan = other
            return preflightReply()
        }
        return .reply(.methodNotAllowed(allowed: allowed))
    }

    /// 405, readable by pages where a route on the path lets them call, and in the words of the path's service.
    private func refuseMethod(_ allowed: [String]) -> Verdict {
        if connection.head.present.has(.origin) { corsOfPath = plan(taking: allowed, { $0.cors != nil })?.cors }
        let reply = LocalReply.methodNotAllowed(allowed: allowed)
        guard let service = plan(taking: allowed, { $0.handler != nil }) else { return .reply(reply) }
        return .reply(inWords(of: service, reply))
    }

    /// A route that takes this path with one of these methods, and of which `holds` is true.
    private func plan(taking methods: [String], _ holds: (RoutePlan) -> Bool) -> RoutePlan? {
        let bytes = connection.head.bytes
        let host = self.host ?? ByteSlice(0, 0)
        let path = self.path
        for name in methods {
            let method = Array(name.utf8)
            let match = snapshot.routes.match(
                host: bytes.span.extracting(host.range),
                path: path.span,
                method: method.span
            )
            if case .route(let index, _) = match, holds(snapshot.plans[index]) { return snapshot.plans[index] }
        }
        return nil
    }

    private func preflightReply() -> Verdict {
        guard let plan, let cors = plan.cors, let origin = connection.head.slice(of: .origin),
            let wanted = connection.head.slice(of: .accessControlRequestMethod)
        else { return .proceed }
        let fields = connection.head.slice(of: .accessControlRequestHeaders).map { connection.head.copy($0) }
        let lines = cors.preflightLines(
            for: connection.head.copy(origin),
            method: connection.head.copy(wanted),
            fields: fields,
            methods: plan.source.methods
        )
        return .reply(LocalReply(status: 204, lines: lines, isPreflight: true))
    }
}
