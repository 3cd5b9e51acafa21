import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import RouteMatching

/// The way of an exchange up to its upstream, walked through without a connection; stages as in `ExchangeLifecycle`.
struct ExplanationWalk: ~Copyable {
    /// What the request would be answered from.
    let snapshot: Snapshot
    /// The request.
    let request: ExplainedRequest
    /// What is known so far.
    var explanation = RequestExplanation()
    /// The request as the wire would bring it.
    var head = MessageHead(.request)
    /// Its method.
    var method = MethodKind.other
    /// How its body would end.
    var framing = BodyFraming.none
    /// Its path in normal form.
    var path: [UInt8] = []
    /// Its query, without the mark.
    var query: [UInt8]?
    /// What the path's parameters took.
    var captures = PathCaptures()
    /// The caller's number in the snapshot; below zero if unknown.
    var consumer = -1
    /// The route's plan, once found.
    var plan: RoutePlan?

    /// A walk that has not begun.
    init(_ request: ExplainedRequest, under snapshot: Snapshot) {
        self.request = request
        self.snapshot = snapshot
    }

    /// Walks as far as the request would come.
    mutating func go() {
        guard arrive(), match(), let plan else { return }
        noteRoute(plan)
        guard identify(plan), admit(plan) else { return }
        if let handler = plan.handler { return ask(handler, plan) }
        guard settle(plan) else { return }
        forward(plan)
    }

    /// Ends the walk with a refusal.
    mutating func refuse(_ kind: GatewayProblemKind, _ detail: String) -> Bool {
        explanation.outcome = .refused(status: kind.status, kind: kind.rawValue, detail: detail)
        return false
    }

    /// Ends the walk with 405.
    mutating func refuseMethod(allowed: [String]) -> Bool {
        let list = allowed.joined(separator: ", ")
        explanation.note("allow", list)
        return refuse(.methodNotAllowed, "The method is not allowed here; these are: \(list).")
    }

    // MARK: 1 Arrival

    private mutating func arrive() -> Bool {
        do throws(WireFault) {
            let bytes = request.bytes
            _ = try unsafe head.take(bytes.count, from: bytes.span.bytes)
            method = MethodKind(head)
            try head.checkHost()
            framing = try head.requestFraming()
        } catch {
            return refuse(GatewayProblemKind(error), "The request was refused: \(error.explanation).")
        }
        return readTarget()
    }

    private mutating func readTarget() -> Bool {
        let everyMethod = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        if method == .connect { return refuseMethod(allowed: everyMethod) }
        if head.equals(head.target, "*") {
            guard method == .options else { return refuse(.badRequest, "«*» goes with OPTIONS only.") }
            explanation.outcome = .answered(status: 204, what: "what the gateway as a whole can do")
            return false
        }
        if method == .trace { return refuseMethod(allowed: everyMethod) }
        let target = head.copy(head.target)
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.count
        if mark < target.count { query = Array(target[(mark + 1)...]) }
        guard query?.contains(UInt8(ascii: "#")) != true else {
            return refuse(.badRequest, "The request target was refused: it holds a fragment.")
        }
        do throws(PathFault) {
            path = try TargetPath.normalise(Array(target[..<mark]))
        } catch {
            return refuse(.badRequest, error.summary)
        }
        let isNormal = path.elementsEqual(target[..<mark])
        explanation.note("path", text(path) + (isNormal ? "" : "  (normal form of \(text(target[..<mark])))"))
        explanation.note("host", head.text(of: .host) ?? "")
        return true
    }

    /// Bytes as text, for people.
    func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: 2 Matching

    private mutating func match() -> Bool {
        if path.starts(with: Array("/.well-known/parley/".utf8)) { return ownPage() }
        switch look(up: head.copy(head.method)) {
        case .route(let index, let captures):
            plan = snapshot.plans[index]
            self.captures = captures
            return !isPreflight || preflight()
        case .notFound:
            return refuse(.noRoute, "No route takes \(text(path)) on this host.")
        case .methodNotAllowed(let allowed):
            if isPreflight {
                let wanted = [head.text(of: .accessControlRequestMethod)].compactMap { $0 }
                for name in wanted + allowed where answersPreflight(of: name) { return false }
            }
            return refuseMethod(allowed: allowed)
        }
    }

    /// What the routes say about a method, on this path or another.
    func look(up method: [UInt8], path other: [UInt8]? = nil) -> RouteMatch {
        let host = head.slice(of: .host).map { head.copy($0) } ?? []
        let path = other ?? path
        return snapshot.routes.match(host: host.span, path: path.span, method: method.span)
    }

    private var isPreflight: Bool {
        method == .options && head.present.has(.origin) && head.present.has(.accessControlRequestMethod)
    }

    /// Whether the walk goes on: a preflight is answered here where the route, or the one it asks about, has `cors`.
    private mutating func preflight() -> Bool {
        if let wanted = head.text(of: .accessControlRequestMethod), answersPreflight(of: wanted) { return false }
        guard let plan, plan.cors != nil else { return true }
        answerPreflight(by: plan)
        return false
    }

    private mutating func answersPreflight(of name: String) -> Bool {
        guard case .route(let index, let captures) = look(up: Array(name.utf8)), snapshot.plans[index].cors != nil
        else {
            return false
        }
        self.captures = captures
        answerPreflight(by: snapshot.plans[index])
        return true
    }

    private mutating func answerPreflight(by plan: RoutePlan) {
        noteRoute(plan)
        let origin = head.slice(of: .origin).map { head.copy($0) } ?? []
        let isAllowed = plan.cors?.allows(origin) == true
        explanation.outcome = .answered(
            status: 204,
            what: "the CORS preflight, which \(isAllowed ? "allows" : "does not allow") this origin"
        )
    }
}
