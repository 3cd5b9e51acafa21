/// Puts the exchanges of a `curl -v` transcript together, line by line.
///
/// Lines of requests begin with `> `, those of answers with `< `, and curl's own words with `* `; what is left is the
/// answer's body.
struct CurlTranscript: Sendable {
    private enum Part {
        case request
        case answer
        case body
    }

    private static let longestHead = 1_000
    /// How curl's own words begin that can follow a body.
    private static let words = [
        "* Connection #", "* Closing connection", "*   Trying ", "* Re-using ", "* Found bundle", "* Host ",
    ]

    private var current: DiagnosedExchange?
    private var part = Part.request
    private var clients = ClientNames()

    /// The exchanges that a line completes.
    mutating func feed(_ line: LineSplitter.Line) -> [DiagnosedExchange] {
        let text = String(decoding: line.bytes, as: UTF8.self)
        if text == ">" || text.hasPrefix("> ") { return request(String(text.dropFirst(2)), line.number) }
        if text == "<" || text.hasPrefix("< ") {
            answer(String(text.dropFirst(2)))
        } else if !Self.isNoise(text) {
            body(line.bytes, text)
        }
        return []
    }

    /// The last exchange.
    mutating func finish() -> [DiagnosedExchange] {
        defer { current = nil }
        return current.map { [completed($0)] } ?? []
    }

    private mutating func request(_ text: String, _ number: Int) -> [DiagnosedExchange] {
        let words = text.split(separator: " ")
        let isRequestLine = words.count == 3 && words[2].hasPrefix("HTTP/")
        guard isRequestLine else {
            addField(text, toRequest: true)
            return []
        }
        let finished = finish()
        var exchange = DiagnosedExchange(
            place: .line(number),
            method: words[0].uppercased(),
            target: String(words[1]),
            status: nil
        )
        exchange.requestFields = []
        current = exchange
        part = .request
        return finished
    }

    private mutating func answer(_ text: String) {
        if text.hasPrefix("HTTP/") {
            let words = text.split(separator: " ")
            guard let status = words.dropFirst().first.flatMap({ Int($0) }) else { return }
            // An interim answer is followed by the real one.
            current?.status = (100...199).contains(status) ? nil : status
            current?.answerFields = []
            part = .answer
        } else if text.isEmpty {
            part = .body
        } else {
            addField(text, toRequest: false)
        }
    }

    private mutating func addField(_ text: String, toRequest: Bool) {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return }
        let name = text[..<colon].lowercased()
        let value = String(text[text.index(after: colon)...].drop { $0 == " " })
        if toRequest {
            if (current?.requestFields?.count ?? 0) < Self.longestHead { current?.requestFields?.append((name, value)) }
        } else if (current?.answerFields.count ?? 0) < Self.longestHead {
            current?.answerFields.append((name, value))
        }
    }

    private mutating func body(_ bytes: [UInt8], _ text: String) {
        guard part == .body, current?.status != nil else { return }
        // curl's own words follow a body without a line feed on the same line.
        let own = Self.words.lazy.compactMap { text.firstRange(of: $0) }.first
        let piece = own.map { Array(text[..<$0.lowerBound].utf8) } ?? bytes
        let room = DiagnosedExchange.longestBody - (current?.answerBody.count ?? 0)
        current?.answerBody += piece.prefix(max(0, room))
    }

    private mutating func completed(_ exchange: DiagnosedExchange) -> DiagnosedExchange {
        var exchange = exchange
        if let host = exchange.requestField("host"), exchange.target.hasPrefix("/") {
            exchange.target = host + exchange.target
        }
        exchange.client = clients.name(of: exchange.requestFields ?? [])
        return exchange
    }

    /// curl's own words, and what it says about bytes that it does not show.
    private static func isNoise(_ text: String) -> Bool {
        text.hasPrefix("* ") || text == "*" || text.hasPrefix("{ [") || text.hasPrefix("} [")
            || text.hasPrefix("  % Total") || text.hasPrefix("                                 Dload")
    }
}
