/// The result of a race for a person.
package enum RaceReportText {
    /// The verdict and what it stands on, several lines.
    package static func render(_ result: RaceResult) -> String {
        var lines = [result.verdict.sentence]
        if !result.url.isEmpty {
            lines += ["", "  \(result.url)\(result.wasCreated ? " (created for this race)" : "")"]
        }
        lines += ["  " + counts(result)]
        if let proof = result.report.proof { lines += [""] + story(proof, of: result) }
        if result.history.operations.contains(where: { $0.outcome == .done }) {
            lines += ["", "Protection seen:"] + result.protection.sentences.map { "  " + $0 }
        }
        let remarks = remarks(result)
        if !remarks.isEmpty { lines += ["", "Remarks:"] + remarks.map { "  " + $0 } }
        if let advice = advice(result) { lines += ["", "What to do:"] + advice.map { "  " + $0 } }
        return lines.joined(separator: "\n")
    }

    private static func counts(_ result: RaceResult) -> String {
        let sent = result.sent
        let limit = result.limit
        return "\(result.report.acknowledged) writes succeeded of \(result.wanted) wanted; sent "
            + "\(sent.reads) GETs (at most \(limit.reads)) and \(sent.writes) writes (at most \(limit.writes))"
    }

    private static func story(_ proof: LostUpdateReport.Proof, of result: RaceResult) -> [String] {
        let start = proof.operations.map(\.began).min() ?? 0
        let header = ["time", "writer", "request", "answer", "ETag", "field"]
        let rows = proof.operations.map { operation in
            [
                milliseconds(operation.ended &- start), operation.writerName, request(operation),
                operation.status.map { String($0) } ?? "none",
                operation.tag.map { PlainText.line($0, limit: 40) } ?? "-",
                field(operation, result.field) + note(operation, proof),
            ]
        }
        let lost = proof.lost.writerName
        let other = proof.replacement.writerName
        let end = proof.expected.map { "\(result.field) would be \($0) if nothing were lost." }
        return ["The shortest history that proves it:"] + PlainText.columns([header] + rows)
            + [
                "  \(lost) and \(other) changed the same version and both were told that they succeeded;"
                    + " what \(lost) wrote is gone." + (end.map { " " + $0 } ?? "")
            ]
    }

    private static func request(_ operation: RaceOperation) -> String {
        operation.method + (operation.condition.map { " If-Match " + PlainText.line($0, limit: 40) } ?? "")
    }

    private static func field(_ operation: RaceOperation, _ name: String) -> String {
        operation.field.map { "\(name) = \($0.words)" } ?? "-"
    }

    private static func note(_ operation: RaceOperation, _ proof: LostUpdateReport.Proof) -> String {
        if operation == proof.lost { return "   succeeded, and is gone" }
        if operation == proof.replacement { return "   from the same version" }
        if operation == proof.operations.last, let mark = proof.lost.mark { return "   without \(mark)" }
        return ""
    }

    private static func milliseconds(_ nanoseconds: UInt64) -> String {
        let tenths = nanoseconds / 100_000
        return "+\(tenths / 10).\(tenths % 10) ms"
    }

    private static func remarks(_ result: RaceResult) -> [String] {
        var remarks: [String] = []
        if result.report.unknown > 0 {
            remarks.append("\(result.report.unknown) writes have an unknown outcome; they can hide a loss.")
        }
        if result.report.appliedThoughRefused > 0 {
            remarks.append("\(result.report.appliedThoughRefused) writes were refused and applied all the same.")
        }
        if case .cannotTell(let reason, let remedy) = result.endedEarly, result.report.lost > 0 {
            remarks.append("The race ended early: \(reason); \(remedy).")
        } else if result.endedEarly == nil, result.report.acknowledged + result.report.unknown < result.wanted {
            remarks.append("Not all writes got through within the requests allowed; raise --max-requests for more.")
        }
        return remarks
    }

    private static func advice(_ result: RaceResult) -> [String]? {
        guard case .lostUpdates = result.verdict else { return nil }
        let cause: String
        if result.protection.tags == .none {
            cause = "Let the API give ETags, and demand If-Match of PUT, PATCH and DELETE."
        } else if result.protection.staleConditionsAccepted > 0 {
            cause = "Let the API compare If-Match with the current tag and write in one step, and answer 412 otherwise."
        } else {
            cause = "Let the API demand If-Match (428 without it), since writers who send none overwrite each other."
        }
        return [cause, "Or put Parley before it, with this policy on the route:"]
            + ["  conflict: { level: serialise, require-condition: true }"]
    }
}
