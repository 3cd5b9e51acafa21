import LLMTranslation

/// Header lines of answers.
enum AnswerLines {
    /// Of JSON.
    static let json = Array("Content-Type: application/json\r\nCache-Control: no-store\r\n".utf8)

    /// Of a stream.
    static func stream(lines: Bool, isArray: Bool) -> [UInt8] {
        let type = lines ? "application/x-ndjson" : isArray ? "application/json" : "text/event-stream; charset=utf-8"
        return Array("Content-Type: \(type)\r\nCache-Control: no-cache\r\nX-Accel-Buffering: no\r\n".utf8)
    }

    /// A line; what cannot stand in a field is left out.
    static func line(_ name: String, _ value: String) -> [UInt8] {
        var line: [UInt8] = []
        append(name, value, to: &line)
        return line
    }

    /// Appends a line; what cannot stand in a field is left out.
    static func append(_ name: String, _ value: String, to lines: inout [UInt8]) {
        lines.append(contentsOf: name.utf8)
        lines.append(0x3A)
        lines.append(0x20)
        for byte in value.utf8 where isPrintable(byte) { lines.append(byte) }
        lines.append(0x0D)
        lines.append(0x0A)
    }

    /// Appends a line of what was used.
    static func append(_ name: String, _ usage: Usage, to lines: inout [UInt8]) {
        lines.append(contentsOf: name.utf8)
        append(": in=", usage.input, to: &lines)
        append(", out=", usage.output, to: &lines)
        append(", cached=", usage.cacheRead ?? 0, to: &lines)
        lines.append(0x0D)
        lines.append(0x0A)
    }

    private static func append(_ label: String, _ count: Int, to lines: inout [UInt8]) {
        lines.append(contentsOf: label.utf8)
        lines.append(contentsOf: String(count).utf8)
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    /// Names what was not carried, each field once; nothing where all was.
    static func losses(_ losses: [Loss]) -> [UInt8] {
        losses.isEmpty ? [] : line(lossName, names(of: losses))
    }

    /// The same as trailer fields of a stream, whose head was sent before anything could be lost.
    static func trailers(_ losses: [Loss]) -> [(name: [UInt8], value: [UInt8])] {
        losses.isEmpty ? [] : [(Array(lossName.utf8), names(of: losses).utf8.filter(isPrintable))]
    }

    private static let lossName = "Parley-Loss"

    private static func names(of losses: [Loss]) -> String {
        var fields: [String] = []
        for loss in losses {
            // Whoever makes up names must not make up fields, nor a line that no client takes.
            let field = String(decoding: loss.field.utf8.prefix(longestField).filter { $0 != 0x2C }, as: UTF8.self)
            if !field.isEmpty, !fields.contains(field) { fields.append(field) }
            if fields.count == mostFields { break }
        }
        return fields.joined(separator: ", ")
    }

    /// Fields that are named at most.
    private static let mostFields = 32
    /// Bytes of a field's name at most.
    private static let longestField = 96

    /// Tells clients that trying the same again is of no use: the gateway has done so.
    static let givenUp = line("x-should-retry", "false")
}
