import ConflictEngine
import StoragePorts

/// One thing to do about a conflict.
struct NextStep: Equatable {
    /// What to do.
    let text: String
    /// The head of a request to send, if there is one.
    let message: String?

    /// The steps that lead on from `entry`.
    static func all(after entry: ConflictEntry) -> [NextStep] {
        guard let kind = ConflictKind(rawValue: entry.kind) else { return [] }
        let path = path(of: entry.resource)
        let read = NextStep(text: "Read what is there now and keep its ETag.", message: "GET \(path)")
        switch kind {
        case .staleVersion, .staleVersionImplicit, .edit, .lostUpdate, .outOfBandWrite, .fieldOwnership:
            return [
                read,
                NextStep(text: "Apply your change to what you read.", message: nil),
                NextStep(text: "Send it with the ETag you just got.", message: conditional(entry, path)),
            ]
        case .preconditionMissing:
            return [
                read,
                NextStep(text: "Send your change with the ETag you just got.", message: conditional(entry, path)),
                NextStep(text: "Or, to create what is not there yet:", message: "PUT \(path)\nIf-None-Match: *"),
            ]
        case .alreadyExists, .uniqueness, .state, .referential, .unspecified, .outcomeUnknown:
            return [NextStep(text: "Read what is there now.", message: "GET \(path)")]
        case .contended, .duplicateInFlight, .unversioned:
            return [
                NextStep(text: "Wait as long as Retry-After says, then send the same request once more.", message: nil)
            ]
        case .keyReused, .locked, .parentMissing, .offset, .suspectedBlock:
            return []
        }
    }

    private static func conditional(_ entry: ConflictEntry, _ path: String) -> String {
        let method = ["PUT", "PATCH", "DELETE"].contains(entry.method) ? entry.method : "PUT"
        // A weak tag never matches in If-Match (RFC 9110, section 13.1.1).
        let strong = entry.currentVersion.flatMap { $0.hasPrefix("W/") ? nil : $0 }
        let tag = strong ?? "\"…\""
        return "\(method) \(path)\nIf-Match: \(tag)"
    }

    /// The path within a resource's name, which begins with the upstream's.
    private static func path(of resource: String) -> String {
        if resource.hasPrefix("/") { return resource }
        guard let slash = resource.firstIndex(of: "/") else { return resource }
        return String(resource[slash...])
    }
}
