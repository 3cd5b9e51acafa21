import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import RouteMatching

extension ExplanationWalk {
    // MARK: 5 Conflict

    /// What is done about conflicts.
    mutating func settle(_ plan: RoutePlan) -> Bool {
        guard let conflict = plan.conflict else {
            explanation.note("conflict", "off")
            return true
        }
        let policy = conflict.policy
        explanation.note("conflict", "\(policy.level.rawValue): \(Self.meaning(policy.level))")
        let resource = policy.resource.map { fill($0) } ?? path
        explanation.note(
            "resource",
            "\(ResourceIdentity(upstream: plan.upstream.name, path: resource)) of upstream \(plan.upstream.name)"
        )
        if let idempotency = conflict.idempotency { noteKeys(idempotency) }
        noteResolution(policy)
        if policy.locks != nil, !passesLocks() { return false }
        if let idempotency = conflict.idempotency, !hasUsableKey(idempotency) { return false }
        guard conflict.ownsTags else { return true }
        noteRequirement(policy)
        guard conflict.isSerialise else { return method.isSafe ? readsConditions() : hasUsableConditions(policy) }
        guard policy.givesTurn(to: method, namingVersion: head.namesVersion) else { return readsConditions() }
        explanation.note(
            "turn",
            "waits up to \(Self.text(conflict.wait)) behind up to \(policy.queue) other writers of this resource"
        )
        explanation.note("read", reading(of: resource, plan))
        if case .length(let length) = framing, length > policy.bodyLimit, hasWhatItNeeds(policy) == nil {
            return refuse(.bodyTooLarge, "The body exceeds the limit of \(policy.bodyLimit) bytes.")
        }
        guard hasUsableConditions(policy) else { return false }
        guard method == .post, policy.resource == nil, readRoute(to: path, plan) == nil else { return true }
        return refuse(.unversioned, "The condition cannot be compared: no GET route leads to \(text(path)).")
    }

    private mutating func refuse(_ kind: ConflictKind, _ detail: String) -> Bool {
        explanation.outcome = .refused(status: kind.gatewayStatus ?? 409, kind: kind.rawValue, detail: detail)
        return false
    }

    private static func meaning(_ level: ConflictPolicy.Level) -> String {
        switch level {
        case .observe: "the upstream's conflicts are recognised, marked and journaled"
        case .delegate: "the upstream evaluates conditions; tags and conditions pass untouched"
        case .serialise: "the gateway gives out tags, evaluates conditions, and lets one write in at a time"
        case .fenced: "as serialise, and each turn has a rising number that the upstream checks"
        case .translate: "conditions become the upstream's own comparison of versions, and its refusals 412"
        }
    }

    /// What settles conflicts beside the level.
    private mutating func noteResolution(_ policy: ConflictPolicy) {
        if let merge = policy.merge, method == .put || method == .patch {
            explanation.note(
                "merge",
                "a stale write is brought to the current version, in up to \(merge.attempts) attempts"
            )
        }
        if policy.locks != nil, !method.isSafe {
            explanation.note("locks", "refused with 423 while somebody else has locked the resource")
        }
        for rule in policy.unique where rule.on.method == request.method {
            explanation.note("unique", "\(rule.field), for \(rule.on.method) \(rule.on.path.source)")
        }
        for rule in policy.referenced where rule.on.method == request.method {
            explanation.note("referenced", "looks for references, for \(rule.on.method) \(rule.on.path.source)")
        }
        if policy.blindWrites != .ignore, !method.isSafe {
            explanation.note(
                "blind writes",
                policy.blindWrites == .warn ? "warned of and journaled" : "refused with 409"
            )
        }
        if let reads = policy.reads, method == .get || method == .head {
            explanation.note(
                "reads",
                "fresh for \(Self.text(reads.fresh.wholeNanoseconds))\(reads.coalesce ? ", shared" : "")"
            )
        }
    }

    private mutating func noteRequirement(_ policy: ConflictPolicy) {
        switch policy.requireCondition {
        case .none: explanation.note("condition", "not required")
        case .strong:
            explanation.note("condition", "PUT, PATCH, DELETE need If-Match with a strong tag, or If-None-Match: *")
        case .any: explanation.note("condition", "PUT, PATCH, DELETE need If-Match, or If-None-Match: *")
        }
    }

    private mutating func readsConditions() -> Bool {
        guard method == .get || method == .head else { return true }
        do throws(MalformedCondition) {
            _ = try head.preconditions(isSafe: true)
            return true
        } catch {
            return refuse(.badRequest, error.summary)
        }
    }

    /// Whether the write's conditions let it go on; ends the walk if not.
    private mutating func hasUsableConditions(_ policy: ConflictPolicy) -> Bool {
        guard let problem = hasWhatItNeeds(policy) else { return true }
        explanation.outcome = problem
        return false
    }

    /// Why a write would be refused before anything is read; `nil` if it would not.
    private func hasWhatItNeeds(_ policy: ConflictPolicy) -> RequestExplanation.Outcome? {
        let conditions: Preconditions
        do throws(MalformedCondition) {
            conditions = try head.preconditions(isSafe: false)
        } catch {
            let kind = GatewayProblemKind.badRequest
            return .refused(status: kind.status, kind: kind.rawValue, detail: error.summary)
        }
        guard policy.lacksCondition(method, conditions) else { return nil }
        let kind = ConflictKind.preconditionMissing
        return .refused(
            status: kind.gatewayStatus ?? 428,
            kind: kind.rawValue,
            detail: "Writes to \(text(path)) must say which version they are based on."
        )
    }

    /// Which route the gateway reads the resource through before a write.
    private func reading(of resource: [UInt8], _ plan: RoutePlan) -> String {
        let place = Array(resource.prefix { $0 != UInt8(ascii: "?") })
        if place == path { return "GET \(text(resource)) as the caller, before the write" }
        guard let route = readRoute(to: place, plan) else {
            return "no GET route of this service leads to \(text(place)), so writes get 409 unversioned"
        }
        return "GET \(text(resource)) through \(plan.service)/\(route), before the write"
    }

    /// The route of the same service by which a path is read.
    private func readRoute(to path: [UInt8], _ plan: RoutePlan) -> String? {
        guard case .route(let index, _) = look(up: Array("GET".utf8), path: path),
            snapshot.plans[index].service == plan.service
        else { return nil }
        return snapshot.plans[index].route
    }
}
