import ConflictEngine
import HTTPSemantics
import HTTPWire
import RouteMatching

extension ExplanationWalk {
    /// What the gateway's own pages and endpoints answer, which no route can take; always ends the walk.
    mutating func ownPage() -> Bool {
        let name = text(path.dropFirst("/.well-known/parley/".utf8.count))
        switch name {
        case "merge-preview": return preview()
        case "locks": return locks()
        case _ where name.hasPrefix("locks/"):
            guard takes(["GET", "HEAD", "PUT", "DELETE"]) else { return false }
            return answer("shows, prolongs or ends this lock for who may use its resource; 404 if it is not held")
        case _ where name == "problems" || name.hasPrefix("problems/"):
            return problemPage(String(name.dropFirst("problems/".count)))
        default: return refuse(.noRoute, "The gateway has no page at \(text(path)).")
        }
    }

    private mutating func problemPage(_ kind: String) -> Bool {
        guard takes(["GET", "HEAD"]) else { return false }
        guard kind.isEmpty || ProblemPage.html(named: kind) != nil else {
            return refuse(.noRoute, "There is no kind of problem called «\(kind)»; see /.well-known/parley/problems/.")
        }
        return answer("a page of the gateway's own")
    }

    private mutating func preview() -> Bool {
        guard takes(["GET", "HEAD", "POST"]) else { return false }
        guard let resource = parameter("resource"), resource.first == UInt8(ascii: "/"), parameter("base") != nil else {
            return refuse(.badRequest, "A preview needs «resource», a path, and «base», the ETag of a version of it.")
        }
        guard actOn(resource, by: ["GET"]) else { return false }
        guard plan?.conflict?.isSerialise == true else {
            return refuse(.badRequest, "The gateway keeps no versions of \(text(path)): see its level.")
        }
        return answer("what a merge would do; 409 if that version is no longer kept")
    }

    private mutating func locks() -> Bool {
        guard takes(["GET", "HEAD", "POST"]) else { return false }
        if method == .post { return answer("takes a lock on the resource that the body names", status: 201) }
        guard let resource = parameter("resource") else {
            return refuse(.badRequest, "Say which locks: add ?resource=PATH.")
        }
        guard actOn(resource, by: ["LOCK", "PUT", "PATCH", "DELETE", "POST", "GET"]) else { return false }
        return answer("the locks on this resource")
    }

    /// Whether the method is one of `allowed`; ends the walk if not.
    private mutating func takes(_ allowed: [String]) -> Bool {
        allowed.contains(request.method) || refuseMethod(allowed: allowed)
    }

    private mutating func answer(_ what: String, status: Int = 200) -> Bool {
        explanation.outcome = .answered(status: status, what: what)
        return false
    }

    private func parameter(_ name: String) -> [UInt8]? {
        query.flatMap { QueryString.value(of: Array(name.utf8), in: $0) }.map(PercentEncoding.decoded)
    }

    /// Whether the caller may use the route that takes `resource`, by the first of `methods` that it takes.
    private mutating func actOn(_ resource: [UInt8], by methods: [String]) -> Bool {
        let mark = resource.firstIndex(of: UInt8(ascii: "?")) ?? resource.endIndex
        guard let path = try? TargetPath.normalise(Array(resource[..<mark])) else {
            return refuse(.badRequest, "«resource» is not the path of a resource.")
        }
        guard mark == resource.endIndex || PercentEncoding.isQuery(Array(resource[(mark + 1)...])) else {
            return refuse(.badRequest, "The query of «resource» holds what no URL can: write it percent-encoded.")
        }
        self.path = path
        for name in methods {
            guard case .route(let index, let captures) = look(up: Array(name.utf8)) else { continue }
            let plan = snapshot.plans[index]
            self.captures = captures
            self.plan = plan
            noteRoute(plan)
            return identify(plan) && admit(plan)
        }
        return refuse(.noRoute, "No route takes \(text(path)) on this host.")
    }
}
