extension Dialect {
    /// The Kubernetes API and what is built like it: bodies of kind `Status`.
    static let kubernetes = Dialect(name: "kubernetes") { reading in
        guard reading.value("kind") == "Status", let reason = reading.value("reason"),
            reading.value("status") == "Failure"
        else { return nil }
        let words = reading.words
        switch reason {
        case "AlreadyExists": return .conflict(.alreadyExists)
        case "Conflict": return .conflict(conflictKind(reading))
        case "Invalid":
            if words.holds("must be specified for an update") { return .conflict(.preconditionMissing) }
            return words.holds("already allocated") ? .conflict(.uniqueness) : .ordinary
        case "TooManyRequests": return words.holds("disruption budget") ? .conflict(.state) : .ordinary
        default:
            if words.holds("etcdserver: request timed out") { return .ordinary }
            return words.holds("the object has been modified") ? .conflict(.staleVersionImplicit) : .ordinary
        }
    }

    private static func conflictKind(_ reading: AnswerReading) -> ConflictKind {
        let words = reading.words
        if words.holds(any: ["fieldmanagerconflict", "apply failed with"]) { return .fieldOwnership }
        if words.holds(any: ["the object has been modified", "precondition failed", "uid mismatch", "resourceversion"])
        {
            return .staleVersionImplicit
        }
        if words.holds(any: [
            "already assigned", "being deleted", "being terminated", "is ensuring all content", "finalizer",
        ]) {
            return .state
        }
        if words.holds("already exists") { return .alreadyExists }
        if words.holds("please try again") { return .staleVersionImplicit }
        return reading.answer.method == "POST" ? .state : .staleVersionImplicit
    }
}
