import ConflictEngine
package import HTTPSemantics

/// A diagnosis for a program.
package enum DiagnosisJSON {
    /// The diagnosis as a JSON object.
    package static func value(_ report: DiagnosisReport, file: String) -> JSONValue {
        var counts = JSONObject()
        for (name, count) in report.counts.sorted(by: { $0.key < $1.key }) {
            counts.set(name, to: .number(JSONNumber(count)))
        }
        return [
            "file": .string(file), "form": .string(report.form.rawValue),
            "exchanges": .number(JSONNumber(report.exchanges)), "conflicts": .number(JSONNumber(report.conflicts)),
            "unlisted": .number(JSONNumber(report.unlisted)), "passed_over": .number(JSONNumber(report.passedOver)),
            "kinds": .object(counts), "findings": .array(report.findings.map(finding)),
        ]
    }

    private static func finding(_ finding: DiagnosisFinding) -> JSONValue {
        let exchange = finding.exchange
        var object = JSONObject()
        object.set("place", to: place(exchange.place))
        object.set("time", to: exchange.time.map { .string(RFC3339.text(milliseconds: $0)) } ?? .null)
        object.set("client", to: exchange.client.map { .string($0) } ?? .null)
        object.set("method", to: .string(exchange.method))
        object.set("target", to: .string(exchange.target))
        object.set("status", to: exchange.status.map { .number(JSONNumber($0)) } ?? .null)
        object.set("kind", to: .string(finding.name))
        object.set("title", to: .string(finding.title))
        object.set("story", to: .array(finding.story.map { .string($0) }))
        object.set("cause", to: finding.cause.map { .string($0) } ?? .null)
        object.set("again", to: finding.again.map { .string($0) } ?? .null)
        object.set("steps", to: .array(finding.steps.map { .string($0) }))
        object.set("related", to: .array(finding.related.map(place)))
        if case .conflict(let conflict) = finding.subject { add(conflict, to: &object) }
        return .object(object)
    }

    private static func add(_ conflict: ConflictFinding, to object: inout JSONObject) {
        object.set("dialect", to: conflict.dialect.map { .string($0) } ?? .null)
        object.set("message", to: conflict.message.map { .string($0) } ?? .null)
        object.set("field", to: conflict.field.map { .string($0) } ?? .null)
        object.set("current_version", to: conflict.currentVersion.map { .string($0) } ?? .null)
        object.set("retry_after", to: conflict.retryAfterSeconds.map { .number(JSONNumber($0)) } ?? .null)
    }

    private static func place(_ place: DiagnosisPlace) -> JSONValue {
        switch place {
        case .line(let number): ["line": .number(JSONNumber(number))]
        case .entry(let number): ["entry": .number(JSONNumber(number))]
        }
    }
}
