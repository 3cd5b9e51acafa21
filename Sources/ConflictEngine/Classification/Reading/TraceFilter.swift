/// Keeps of a long text what reports an error, and drops frames, code and echoes that merely contain the words.
enum TraceFilter {
    private static let reports = [
        "exception", "error", "violation", "stale", "sqlstate", "ora-", "deadlock", "conflict", "detail:", "caused by:",
        "message:", "msg ",
    ]

    /// The lines of `text` that speak of what went wrong; a text of up to `whole` lines is kept.
    static func summary(of text: some Sequence<UInt8>, keepingWhole whole: Int = 3) -> [UInt8] {
        let all = lines(of: text).filter { !isFrame($0) }
        let isTrace = SearchText(all.first ?? []).holds("traceback (most recent call")
        guard all.count > whole || isTrace else { return Array(all.joined(separator: [0x0A])) }
        var kept: [ArraySlice<UInt8>] = []
        if let first = all.first, first.count <= 600 { kept.append(first) }
        for line in all.dropFirst() where isReport(line) { kept.append(line.prefix(600)) }
        return Array(kept.prefix(20).joined(separator: [0x0A]))
    }

    /// The lines of a block of unknown content that name an exception.
    static func reports(in text: some Sequence<UInt8>) -> [UInt8] {
        let found = lines(of: text).filter { isReport($0) }
        return Array(found.prefix(20).map { $0.prefix(600) }.joined(separator: [0x0A]))
    }

    /// The lines that are not empty; of very many the first 300 and the last 100.
    private static func lines(of text: some Sequence<UInt8>) -> [ArraySlice<UInt8>] {
        let all = Array(text).split(separator: 0x0A).map { ASCIIText.trimmed($0) }.filter { !$0.isEmpty }
        return all.count <= 400 ? all : Array(all.prefix(300) + all.suffix(100))
    }

    private static func isFrame(_ line: ArraySlice<UInt8>) -> Bool {
        let text = ASCIIText.lower(line.prefix(8))
        return text.starts(with: "at ".utf8) || text.starts(with: "file \"".utf8)
            || (text.first == UInt8(ascii: "#") && text.dropFirst().first.map { ASCIIText.isDigit($0) } == true)
    }

    /// Whether a line begins with the name of an exception or with the code of a database error.
    private static func isReport(_ line: ArraySlice<UInt8>) -> Bool {
        let text = SearchText(line.drop { !ASCIIText.isAlphanumeric($0) && $0 != UInt8(ascii: "-") }.prefix(160))
        for opening in ["caused by:", "--->", "detail:", "[previous", "nested exception", "request processing failed"]
        where text.bytes.starts(with: opening.utf8) { return true }
        let token = text.bytes.prefix { !ASCIIText.isSpace($0) && $0 != UInt8(ascii: "(") }
        let next = text.bytes.dropFirst(token.count).first
        guard next != UInt8(ascii: "("), token.count >= 5 else { return false }
        let isLast = token.count == text.bytes.count
        guard isLast || token.last == UInt8(ascii: ":") || token.last == UInt8(ascii: ")") || next == 0x20,
            !isFrame(line)
        else { return false }
        let name = SearchText(token)
        guard !name.holds(any: ["=", "\"", "'", ";", "{"]) else { return false }
        return reports.contains { name.holds($0) }
    }
}
