package import HTTPSemantics

/// What the look at an API description came to.
package struct LintReport: Sendable, Equatable {
    /// What was found, in the order of the text.
    package var findings: [LintFinding] = []
    /// Operations that were looked at.
    package var operations = 0

    /// A report of nothing.
    package init() {}

    /// The last line for a person.
    package func summary(_ file: String) -> String {
        let errors = findings.count { $0.severity == .error }
        let looked = "\(operations) operation\(operations == 1 ? "" : "s")"
        if findings.isEmpty { return "\(file): fine (\(looked))" }
        let warnings = findings.count - errors
        let counts = "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")"
        return "\(file): \(counts) in \(looked)"
    }

    /// The report for a program.
    package func json(_ file: String) -> JSONValue {
        [
            "file": .string(file), "operations": .number(JSONNumber(operations)),
            "findings": .array(
                findings.map { finding in
                    [
                        "rule": .string(finding.rule.rawValue), "severity": .string(finding.severity.rawValue),
                        "line": .number(JSONNumber(finding.line)), "column": .number(JSONNumber(finding.column)),
                        "operation": finding.operation.map { .string($0) } ?? .null,
                        "message": .string(finding.message), "remedy": .string(finding.remedy),
                    ]
                }
            ),
        ]
    }
}
