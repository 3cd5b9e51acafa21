extension ConfigurationReader {
    /// Reads a file's bytes, which must be UTF-8.
    package func read(bytes: [UInt8], file: String, environment: [String: String]) -> Outcome {
        if let text = String(validating: bytes, as: UTF8.self) {
            return read(text: text, file: file, environment: environment)
        }
        var findings = Findings(file: file)
        findings.error("this is not UTF-8", hint: "save the file as UTF-8", at: Self.firstFault(in: bytes))
        return Outcome(configuration: nil, findings: findings.inOrder)
    }

    /// Where the first bytes stand that are no UTF-8; a line feed is never part of them.
    private static func firstFault(in bytes: [UInt8]) -> Position {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where String(validating: line, as: UTF8.self) == nil {
            let before = String(decoding: line, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
            return Position(line: index + 1, column: before.count + 1)
        }
        return .start
    }
}
