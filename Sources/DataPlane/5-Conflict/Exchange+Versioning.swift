import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire

extension Exchange {
    /// Level `serialise`: decides how this request takes part in the versions of its resource.
    func beginVersioning(_ conflict: ConflictPlan) -> Verdict {
        if method == .get || method == .head { return beginVersionedRead(conflict) }
        if let dialect = conflict.dialect { return beginTranslatedWrite(dialect, conflict) }
        if conflict.policy.givesTurn(to: method, namingVersion: connection.head.namesVersion) {
            return beginSerialisedWrite(conflict)
        }
        if let claim { return beginGathering(limit: claim.plan.policy.bodyLimit) }
        let isGuarded = conflict.guards != nil && !method.isSafe
        return isGuarded ? beginGathering(limit: conflict.policy.bodyLimit) : .proceed
    }

    private func beginVersionedRead(_ conflict: ConflictPlan) -> Verdict {
        do throws(MalformedCondition) {
            let conditions = try connection.head.preconditions(isSafe: true)
            if let reading = CachedReading(self, conditions: conditions, conflict: conflict) {
                let verdict = reading.begin()
                guard case .proceed = verdict else { return verdict }
            }
            versioning = VersionedRead(self, conditions: conditions, conflict: conflict)
            return .proceed
        } catch {
            return .reply(.problem(.badRequest, error.summary))
        }
    }

    private func beginSerialisedWrite(_ conflict: ConflictPlan) -> Verdict {
        let conditions: Preconditions
        do throws(MalformedCondition) {
            conditions = try connection.head.preconditions(isSafe: false)
        } catch {
            return .reply(.problem(.badRequest, error.summary))
        }
        if conflict.policy.lacksCondition(method, conditions) { return .reply(preconditionMissing()) }
        if case .length(let length) = framing, length > conflict.policy.bodyLimit {
            return .reply(.bodyTooLarge(limit: conflict.policy.bodyLimit))
        }
        let work = SerialisedWrite(self, conditions: conditions, conflict: conflict)
        versioning = work
        work.begin()
        return .wait
    }

    private func beginTranslatedWrite(_ dialect: VersionDialect, _ conflict: ConflictPlan) -> Verdict {
        guard !method.isSafe else { return .proceed }
        do throws(MalformedCondition) {
            let conditions = try connection.head.preconditions(isSafe: false)
            if conflict.policy.lacksCondition(method, conditions) { return .reply(preconditionMissing()) }
            guard conditions.isConditionalWrite else {
                dropsTag = true
                if let claim { return beginGathering(limit: claim.plan.policy.bodyLimit) }
                return conflict.guards == nil ? .proceed : beginGathering(limit: conflict.policy.bodyLimit)
            }
            let write = TranslatedWrite(self, conditions: conditions, conflict: conflict, dialect: dialect)
            versioning = write
            write.begin()
            return .wait
        } catch {
            return .reply(.problem(.badRequest, error.summary))
        }
    }

    private func preconditionMissing() -> LocalReply {
        var report = ConflictReport(.preconditionMissing)
        report.detail =
            "Writes to \(pathText) must say which version they are based on: "
            + "read it, then send its ETag in If-Match, or If-None-Match: * to create."
        return conflictReply(report)
    }

    /// A hash of what the caller proves itself with; the same in this process only.
    var credential: UInt64 {
        var hasher = Hasher()
        hasher.combine(consumer)
        for line in connection.head.fields {
            switch line.id {
            case .authorization, .cookie, .xAPIKey, .xGoogAPIKey:
                hasher.combine(line.id)
                hasher.combine(connection.head.copy(line.value))
            default: break
            }
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// A hash of what chooses among the representations of a resource.
    func variant(query: [UInt8], mediaType: [UInt8], language: [UInt8], credential: UInt64?) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(query)
        hasher.combine(mediaType)
        hasher.combine(language)
        hasher.combine(credential)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The query, empty if there is none.
    var query: [UInt8] { rewrittenQuery ?? querySlice.map { connection.head.copy($0) } ?? [] }

    /// Whether there is a query, be it an empty one.
    var hasQuery: Bool { rewrittenQuery != nil || querySlice != nil }
}
