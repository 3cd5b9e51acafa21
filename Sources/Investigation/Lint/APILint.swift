/// Names operations of an OpenAPI description (3.0, 3.1) that can lose updates or have double effects.
package enum APILint {
    /// The largest description that is read, in bytes.
    package static let largest = 16 << 20

    private static let methods: Set = ["get", "put", "post", "patch", "delete"]

    /// Looks at a description in YAML or JSON.
    package static func check(_ bytes: [UInt8]) -> LintReport {
        var report = LintReport()
        do throws(SpecFault) {
            guard bytes.count <= largest else {
                throw SpecFault(place: TextPlace(line: 1, column: 1), message: "the file is larger than 16 MiB")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw SpecFault(place: TextPlace(line: 1, column: 1), message: "the file is not UTF-8")
            }
            let root = try SpecText.read(text)
            try checkVersion(root)
            check(root, into: &report)
        } catch {
            report.findings = [
                LintFinding(
                    rule: .unreadable,
                    severity: .error,
                    line: error.place.line,
                    column: error.place.column,
                    operation: nil,
                    message: error.message,
                    remedy: ""
                )
            ]
        }
        report.findings.sort { ($0.line, $0.column) < ($1.line, $1.column) }
        return report
    }

    private static func checkVersion(_ root: SpecNode) throws(SpecFault) {
        if let old = root["swagger"] {
            throw SpecFault(place: old.place, message: "OpenAPI 2 is not read; convert the description to 3.0 or 3.1")
        }
        guard let version = root["openapi"] else {
            throw SpecFault(
                place: root.place,
                message: "this is no OpenAPI description: it has no 'openapi: 3.0.x' or '3.1.x'"
            )
        }
        guard let text = version.text, text.hasPrefix("3.") else {
            let name = PlainText.line(version.text ?? "this", limit: 20)
            throw SpecFault(place: version.place, message: "OpenAPI \(name) is not read; 3.0 and 3.1 are")
        }
    }

    private static func check(_ root: SpecNode, into report: inout LintReport) {
        let references = SpecReferences(root)
        for path in root["paths"]?.members ?? [] {
            let item = references.resolve(path.value)
            let operations = item.members.filter { methods.contains($0.name) }
                .map { SpecOperation($0, of: item, path: path.name, references) }
            report.operations += operations.count
            let isWritten = operations.contains { ["PUT", "PATCH", "DELETE"].contains($0.method) }
            for operation in operations {
                report.findings += WriteRules.check(operation)
                report.findings += CreateRules.check(operation)
                if isWritten { report.findings += ReadRules.check(operation) }
            }
        }
    }
}
