extension Dialect {
    /// CouchDB and its relatives: PouchDB, Cloudant, the npm registry.
    static let couchDB = Dialect(name: "couchdb") { reading in
        guard let error = reading.value("error") else { return nil }
        if error == "conflict", reading.value("reason") != nil || reading.words.holds("document update conflict") {
            return .conflict(.staleVersionImplicit)
        }
        if error == "file_exists" { return .conflict(.alreadyExists) }
        return nil
    }

    /// Elasticsearch and OpenSearch.
    static let elasticsearch = Dialect(name: "elasticsearch") { reading in
        guard let type = reading.value("error.type"), type.hasSuffix("_exception") else { return nil }
        let words = reading.words
        switch type {
        case "version_conflict_engine_exception":
            return .conflict(words.holds("document already exists") ? .alreadyExists : .staleVersionImplicit)
        case "resource_already_exists_exception", "index_already_exists_exception": return .conflict(.alreadyExists)
        case "invalid_index_name_exception", "invalid_snapshot_name_exception":
            return words.holds("already exists") ? .conflict(.alreadyExists) : .ordinary
        case "concurrent_snapshot_execution_exception", "snapshot_in_progress_exception":
            return .conflict(.contended)
        case "index_closed_exception": return reading.answer.isRead ? .ordinary : .conflict(.state)
        default:
            if words.holds("version_conflict_engine_exception") { return .conflict(.staleVersionImplicit) }
            if words.holds("] already exists"), !words.holds(any: ["mapper", "field", "pipeline processor"]) {
                return .conflict(.alreadyExists)
            }
            return DependenceWords.hold(in: reading.plainWords.sentences) ? .conflict(.referential) : .ordinary
        }
    }
}
