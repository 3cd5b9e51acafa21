extension Dialect {
    /// WebDAV servers (RFC 4918): Apache, nginx, sabre/dav and Nextcloud among them.
    static let webDAV = Dialect(name: "webdav") { reading in
        if let kind = condition(reading) ?? exception(reading) { return .conflict(kind) }
        return methodKind(reading).map { .conflict($0) }
    }

    /// Precondition codes of RFC 4918, section 16, and of CalDAV and CardDAV.
    private static func condition(_ reading: AnswerReading) -> ConflictKind? {
        let names = reading.elementNames
        guard names.contains("error") || names.contains("multistatus") else { return nil }
        let table: [(name: String, kind: ConflictKind)] = [
            ("lock-token-submitted", .locked), ("no-conflicting-lock", .locked),
            ("lock-token-matches-request-uri", .locked),
            ("no-uid-conflict", .uniqueness), ("resource-must-be-null", .alreadyExists),
            ("calendar-collection-location-ok", .parentMissing),
        ]
        return table.first { names.contains($0.name) }?.kind
    }

    private static func exception(_ reading: AnswerReading) -> ConflictKind? {
        guard let exception = reading.element("exception").flatMap({ ErrorCode($0) }) else { return nil }
        let words = reading.words
        switch exception.name {
        case "locked", "filelocked", "lockedexception", "conflictinglock", "locktokenmatchesrequesturi": return .locked
        case "preconditionfailed":
            let isCreate = reading.answer.conditions.ifNoneMatchAny || words.holds(any: ["if-none-match", "overwrite"])
            return isCreate || words.holds("already exist") ? .alreadyExists : .staleVersion
        case "conflict":
            if words.holds(any: ["parent", "not found", "could not be located", "children of collections"]) {
                return .parentMissing
            }
            return words.holds("already exist") ? .alreadyExists : nil
        case "methodnotallowed": return words.holds("already exist") ? .alreadyExists : nil
        default: return nil
        }
    }

    /// What method and status alone show: these methods create members of collections.
    private static func methodKind(_ reading: AnswerReading) -> ConflictKind? {
        let answer = reading.answer
        switch (answer.method, answer.status) {
        case ("MKCOL", 409), ("COPY", 409), ("MOVE", 409), ("LOCK", 409): return .parentMissing
        case ("UNLOCK", 409), ("LOCK", 412): return .locked
        case ("COPY", 412), ("MOVE", 412):
            return answer.conditions.namedVersion || answer.conditions.lockToken ? nil : .alreadyExists
        case ("MKCOL", 405):
            let allowed = SearchText((answer.field("allow") ?? "").utf8)
            return allowed.holds("propfind") && !allowed.holds("mkcol") ? .alreadyExists : nil
        case ("PUT", 409):
            let isStockPage = reading.words.holds("409 conflict") && reading.words.holds("nginx")
            return isStockPage || reading.words.holds("intermediate collection") ? .parentMissing : nil
        default: return nil
        }
    }
}
