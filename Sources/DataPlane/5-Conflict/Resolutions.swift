import ConflictEngine
import HTTPSemantics

/// What a client should send next, by kind.
enum Resolutions {
    /// The ways out of a conflict of this kind between a request to `path` and others over `resource`; `current` is the
    /// version of the resource, if known.
    static func of(
        _ kind: ConflictKind,
        path: String,
        resource: String,
        method: String = "PUT",
        current: String? = nil
    ) -> [ProblemConflict.Resolution] {
        let reread = ProblemConflict.Resolution(rel: "reread", method: "GET", href: resource)
        let condition = current.map { [ProblemConflict.Resolution.Field("If-Match", $0)] } ?? []
        let resend = ProblemConflict.Resolution(rel: "resend", method: method, href: path, headers: condition)
        switch kind {
        case .staleVersion, .staleVersionImplicit, .edit: return [reread, resend]
        case .preconditionMissing:
            let create = ProblemConflict.Resolution(
                rel: "create-only",
                method: method,
                href: path,
                headers: [.init("If-None-Match", "*")]
            )
            return method == "PUT" ? [reread, resend, create] : [reread, resend]
        case .alreadyExists, .outcomeUnknown, .outOfBandWrite, .state, .fieldOwnership: return [reread]
        case .contended, .duplicateInFlight, .unversioned:
            return [ProblemConflict.Resolution(rel: "retry", method: method, href: path)]
        case .locked: return [ProblemConflict.Resolution(rel: "retry-after-unlock", method: method, href: path)]
        default: return []
        }
    }
}
