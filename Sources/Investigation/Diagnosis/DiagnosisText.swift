import ConflictEngine
import HTTPSemantics

/// A diagnosis for a person.
package enum DiagnosisText {
    /// Conflicts that are explained one by one; the table has all that are listed.
    private static let explained = 50

    /// A summary, a table of all conflicts, and an explanation of each.
    package static func render(_ report: DiagnosisReport, file: String) -> String {
        var lines = [summary(report, file: file)]
        guard !report.findings.isEmpty else { return lines[0] }
        let header = ["place", "time", "request", "answer", "kind"]
        lines += [""] + PlainText.columns([header] + report.findings.map(row))
        if report.unlisted > 0 { lines.append("  and \(report.unlisted) more") }
        for finding in report.findings.prefix(explained) { lines += [""] + explanation(finding) }
        let rest = report.findings.count - explained
        if rest > 0 { lines += ["", "\(rest) more are in the table only; --json explains all of them."] }
        return lines.joined(separator: "\n")
    }

    private static func summary(_ report: DiagnosisReport, file: String) -> String {
        let count = report.conflicts == 1 ? "1 conflict" : "\(report.conflicts) conflicts"
        let kinds = report.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
        let list = kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", ")
        return "\(file): \(report.conflicts == 0 ? "no conflict" : count) in \(report.exchanges) exchanges"
            + " (\(report.form.words))\(list)"
    }

    private static func row(_ finding: DiagnosisFinding) -> [String] {
        let exchange = finding.exchange
        return [
            exchange.place.words, exchange.time.map { RFC3339.text(milliseconds: $0) } ?? "-",
            request(exchange), exchange.status.map { String($0) } ?? "none", finding.name,
        ]
    }

    private static func request(_ exchange: DiagnosedExchange) -> String {
        PlainText.line(exchange.method, limit: 12) + " " + PlainText.line(exchange.target, limit: 60)
    }

    private static func explanation(_ finding: DiagnosisFinding) -> [String] {
        let exchange = finding.exchange
        let answer = exchange.status.map { " → \($0)" } ?? ""
        var lines = ["\(exchange.place.words): \(request(exchange))\(answer): \(finding.name)", "  \(finding.title)."]
        if !finding.story.isEmpty {
            lines += finding.story.map { "  Here: " + $0 }
        } else if let cause = finding.cause {
            lines.append("  Why: " + cause)
        }
        if case .conflict(let conflict) = finding.subject { lines += details(conflict) }
        if let again = finding.again { lines.append("  Same request again? " + again) }
        lines += finding.steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }
        return lines
    }

    private static func details(_ conflict: ConflictFinding) -> [String] {
        var lines: [String] = []
        if let dialect = conflict.dialect { lines.append("  Recognised as: \(dialect)") }
        if let message = conflict.message { lines.append("  The server says: " + PlainText.line(message, limit: 300)) }
        if let field = conflict.field { lines.append("  Field or constraint: " + PlainText.line(field)) }
        if let version = conflict.currentVersion { lines.append("  Current version: " + PlainText.line(version)) }
        if let seconds = conflict.retryAfterSeconds {
            lines.append("  The server wants to be asked again in \(seconds) s.")
        }
        return lines
    }
}
