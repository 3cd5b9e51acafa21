import HTTPSemantics

/// The forms of files that are read.
package enum DiagnosisForm: String, Sendable, CaseIterable {
    /// An HTTP archive.
    case har
    /// An access log in combined or common form.
    case combined
    /// An access log of one JSON object a line.
    case jsonLines = "json-lines"
    /// A transcript of `curl -v`.
    case curl

    /// The form in words.
    package var words: String {
        switch self {
        case .har: "HAR"
        case .combined: "access log in combined form"
        case .jsonLines: "access log in JSON"
        case .curl: "curl transcript"
        }
    }

    /// The form of a file that begins with `start`, as far as that tells.
    ///
    /// JSON whose first line is a whole object is a log of such lines; other JSON is taken for a HAR.
    static func of(_ start: [UInt8]) -> DiagnosisForm {
        let lines = start.split(separator: 0x0A, maxSplits: 400).prefix(400)
        guard let first = lines.first(where: { line in line.contains { $0 > 0x20 } }) else { return .combined }
        let text = first.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") {
            let whole = try? JSONParser.parse(Array(text))
            return whole.map { $0.object != nil && $0["log"]?["entries"] == nil } ?? false ? .jsonLines : .har
        }
        let marks: [[UInt8]] = ["* ", "> ", "< ", "*\t"].map { Array($0.utf8) }
        let isCurl = lines.contains { line in
            let start = Array(line.prefix(2))
            return start == marks[1] || start == marks[2] || (start == marks[0] && line.count > 4)
        }
        return isCurl ? .curl : .combined
    }
}
