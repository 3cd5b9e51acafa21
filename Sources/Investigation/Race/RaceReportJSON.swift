package import HTTPSemantics

/// The result of a race for a program.
package enum RaceReportJSON {
    /// The result as a JSON object.
    package static func value(_ result: RaceResult) -> JSONValue {
        var object = JSONObject()
        object.set("verdict", to: .string(result.verdict.name))
        object.set("sentence", to: .string(result.verdict.sentence))
        object.set("url", to: .string(result.url))
        object.set("created", to: .bool(result.wasCreated))
        object.set("field", to: .string(result.field))
        object.set("lost", to: .number(JSONNumber(result.report.lost)))
        object.set("acknowledged", to: .number(JSONNumber(result.report.acknowledged)))
        object.set("wanted", to: .number(JSONNumber(result.wanted)))
        object.set("unknown", to: .number(JSONNumber(result.report.unknown)))
        object.set("vanished", to: .number(JSONNumber(result.report.vanished)))
        object.set("applied_though_refused", to: .number(JSONNumber(result.report.appliedThoughRefused)))
        object.set("sent", to: count(result.sent))
        object.set("limit", to: count(result.limit))
        object.set("protection", to: protection(result.protection))
        if case .cannotTell(let reason, let remedy) = result.verdict {
            object.set("reason", to: .string(reason))
            object.set("remedy", to: .string(remedy))
        }
        object.set("history", to: .array((result.report.proof?.operations ?? []).map(operation)))
        object.set("expected", to: result.report.proof?.expected.map { .number(JSONNumber($0)) } ?? .null)
        return .object(object)
    }

    private static func count(_ count: RaceBudget.Count) -> JSONValue {
        [
            "creations": .number(JSONNumber(count.creations)), "reads": .number(JSONNumber(count.reads)),
            "writes": .number(JSONNumber(count.writes)),
        ]
    }

    private static func protection(_ protection: RaceProtection) -> JSONValue {
        var refusals = JSONObject()
        for (status, count) in protection.refusals.sorted(by: { $0.key < $1.key }) {
            refusals.set(String(status), to: .number(JSONNumber(count)))
        }
        return [
            "etag": .string(protection.tags.rawValue),
            "conditional_writes": .number(JSONNumber(protection.conditionalWrites)),
            "stale_conditions_accepted": .number(JSONNumber(protection.staleConditionsAccepted)),
            "refusals": .object(refusals),
        ]
    }

    private static func operation(_ operation: RaceOperation) -> JSONValue {
        [
            "writer": .string(operation.writerName), "method": .string(operation.method),
            "if_match": operation.condition.map { .string($0) } ?? .null,
            "began_ns": .number(JSONNumber(operation.began)), "ended_ns": .number(JSONNumber(operation.ended)),
            "status": operation.status.map { .number(JSONNumber($0)) } ?? .null,
            "etag": operation.tag.map { .string($0) } ?? .null, "field": field(operation.field),
            "mark": operation.mark.map { .string($0) } ?? .null, "outcome": .string(operation.outcome.rawValue),
        ]
    }

    private static func field(_ sight: FieldSight?) -> JSONValue {
        switch sight {
        case .count(let count): .number(JSONNumber(count))
        case .marks(let marks): .array(marks.sorted().map { .string($0) })
        case nil: .null
        }
    }
}
