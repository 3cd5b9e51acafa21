import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire

extension Exchange {
    /// Level `serialise`: decides how this request takes part in the versions of its resource.
    func beginVersioning(_ conflict: ConflictPlan) -> Verdict {
        if method == .get || method == .head { return beginVersionedRead(conflict) }
        guard takesTurn(conflict) else { return .proceed }
        return beginSerialisedWrite(conflict)
    }

    /// PUT, PATCH, DELETE and unknown unsafe methods take a turn; POST only where a resource is named.
    private func takesTurn(_ conflict: ConflictPlan) -> Bool {
        if method.isSafe { return false }
        return method != .post || conflict.policy.resource != nil
    }

    private func beginVersionedRead(_ conflict: ConflictPlan) -> Verdict {
        do throws(MalformedCondition) {
            let conditions = try readConditions(isSafe: true)
            versioning = VersionedRead(self, conditions: conditions, conflict: conflict)
            return .proceed
        } catch {
            return .reply(.problem(.badRequest, error.summary))
        }
    }

    private func beginSerialisedWrite(_ conflict: ConflictPlan) -> Verdict {
        let conditions: Preconditions
        do throws(MalformedCondition) {
            conditions = try readConditions(isSafe: false)
        } catch {
            return .reply(.problem(.badRequest, error.summary))
        }
        if lacksCondition(conditions, conflict) { return .reply(preconditionMissing()) }
        if case .length(let length) = framing, length > conflict.policy.bodyLimit {
            return .reply(.bodyTooLarge(limit: conflict.policy.bodyLimit))
        }
        let work = SerialisedWrite(self, conditions: conditions, conflict: conflict)
        versioning = work
        work.begin()
        return .wait
    }

    private func readConditions(isSafe: Bool) throws(MalformedCondition) -> Preconditions {
        let conditions = FieldSet(.ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince)
        guard !connection.head.present.intersection(conditions).isEmpty else { return Preconditions() }
        let lines: [String: [[UInt8]]] = [
            "If-Match": connection.head.values(of: .ifMatch),
            "If-None-Match": connection.head.values(of: .ifNoneMatch),
            "If-Modified-Since": connection.head.values(of: .ifModifiedSince),
            "If-Unmodified-Since": connection.head.values(of: .ifUnmodifiedSince),
        ]
        return try Preconditions(reading: { lines[$0] ?? [] }, isSafe: isSafe)
    }

    /// Whether the route demands a condition that the request does not have (contract §2, `require-condition`).
    private func lacksCondition(_ conditions: Preconditions, _ conflict: ConflictPlan) -> Bool {
        guard method == .put || method == .patch || method == .delete else { return false }
        if case .any? = conditions.ifNoneMatch { return false }
        switch conflict.policy.requireCondition {
        case .none: return false
        case .strong: return conditions.ifMatch?.hasStrongTag != true
        case .any:
            if case .any? = conditions.ifMatch { return false }
            return conditions.ifMatch?.hasStrongTag != true
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
    var query: [UInt8] { querySlice.map { connection.head.copy($0) } ?? [] }
}
