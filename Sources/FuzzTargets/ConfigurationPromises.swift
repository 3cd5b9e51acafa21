import Catalog
import ConfigurationReading

/// What holds for every text that is given as a configuration.
enum ConfigurationPromises {
    /// Reads `input` twice.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let text = String(decoding: input, as: UTF8.self)
        let environment = ["NAME": "value", "EMPTY": "", "SHARP": "a: [b]\n# c"]
        let first = ConfigurationReader().read(text: text, file: "parley.yaml", environment: environment)
        let second = ConfigurationReader().read(text: text, file: "parley.yaml", environment: environment)
        try Disagreement.unless(first.findings == second.findings, "the same text gives other findings")
        let hasErrors = first.findings.contains { $0.severity == .error }
        try Disagreement.unless(
            hasErrors == (first.configuration == nil),
            "a configuration in spite of errors, or none without any"
        )
        for finding in first.findings {
            try Disagreement.unless(finding.line >= 1 && finding.column >= 1, "a finding without a place")
            let isOneLine = !finding.rendered.utf8.contains(UInt8(ascii: "\n"))
            try Disagreement.unless(isOneLine, "a finding of several lines: \(finding.rendered)")
        }
    }
}
