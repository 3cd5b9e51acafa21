/// What became of a write whose answer was lost (contract §4, «Unknown outcomes»).
enum WriteOutcome: String {
    case applied
    case notApplied = "not-applied"
    case unknown

    /// Compares the read before with the read after; `isTelling` says that a resource without a change is one without
    /// the write: nothing of it is still under way, and the target that took it was asked.
    init(before: SerialisedWrite.Known, after: SerialisedWrite.Known, isTelling: Bool) {
        switch (before, after) {
        case (.version(let old, _), .version(let new, _)):
            self = old.tag != new.tag ? .applied : isTelling ? .notApplied : .unknown
        case (.nothing, .nothing): self = isTelling ? .notApplied : .unknown
        case (.nothing, .version), (.version, .nothing): self = .applied
        case (.unknown, _), (_, .unknown): self = .unknown
        }
    }

    /// What that means for the client.
    var explanation: String {
        switch self {
        case .applied: " The resource changed meanwhile: the write was applied. Do not send it again."
        case .notApplied: " The resource is as it was before: the write was not applied. It may be sent again."
        case .unknown: " Nobody knows yet whether the write was applied. Read the resource before you write again."
        }
    }
}
