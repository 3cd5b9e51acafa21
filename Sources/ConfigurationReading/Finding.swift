/// Something wrong, or doubtful, in a configuration file.
package struct Finding: Sendable, Hashable {
    /// Whether the file can be used in spite of it.
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    /// The file's name as it was given.
    package var file: String
    /// Where.
    package var position: Position
    /// Whether the file can be used in spite of it.
    package var severity: Severity
    /// What is wrong.
    package var message: String
    /// What to do about it, where that is known.
    package var hint: String?

    /// The line, from 1.
    package var line: Int { position.line }
    /// The column, from 1.
    package var column: Int { position.column }

    /// One line as compilers print it: `FILE:LINE:COLUMN: error: …`.
    package var rendered: String {
        let text = hint.map { "\(message); \($0)" } ?? message
        return "\(file):\(line):\(column): \(severity.rawValue): \(text)"
    }
}
