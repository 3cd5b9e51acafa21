import HTTPSemantics

/// Reads an HTTP archive, version 1.1 or 1.2.
enum ArchiveReader {
    /// Adds the exchanges of an archive to `diagnosis`; entries without a request are passed over.
    /// - Throws: ``InputFault``, with line and column, or the pointer of what is missing.
    static func read(_ bytes: [UInt8], into diagnosis: inout Diagnosis) throws(InputFault) {
        let document: JSONValue
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        do throws(JSONFault) {
            document = try JSONParser.parse(Array(bytes[start...]))
        } catch {
            let place = TextPlace(offset: error.offset + start, in: bytes)
            throw InputFault(
                "line \(place.line), column \(place.column): \(TextPlace.words(error.reason)); this is not a HAR"
            )
        }
        guard let log = document["log"], log.object != nil else {
            throw InputFault("line 1: the JSON text has no /log, so it is not a HAR")
        }
        guard let entries = log["entries"]?.array else {
            throw InputFault("line 1: /log/entries is not a list, so this is not a HAR")
        }
        var clients = ClientNames()
        for (index, entry) in entries.enumerated() {
            let place = DiagnosisPlace.entry(index + 1)
            switch exchange(of: entry, place) {
            case .success(var exchange):
                exchange.client = clients.name(of: exchange.requestFields ?? [])
                diagnosis.add(exchange)
            case .failure(let problem):
                diagnosis.passOver(place, "/log/entries/\(index)\(problem.message)")
            }
        }
    }

    private static func exchange(of entry: JSONValue, _ place: DiagnosisPlace) -> Result<DiagnosedExchange, InputFault>
    {
        guard let request = entry["request"], request.object != nil else {
            return .failure(InputFault("/request is missing"))
        }
        guard let method = request["method"]?.string, !method.isEmpty else {
            return .failure(InputFault("/request/method is missing"))
        }
        guard let url = request["url"]?.string, !url.isEmpty else {
            return .failure(InputFault("/request/url is missing"))
        }
        let status = entry["response"]?["status"]?.integer
        var exchange = DiagnosedExchange(
            place: place,
            method: method.uppercased(),
            target: target(url),
            status: status.flatMap { (100...999).contains($0) ? $0 : nil }
        )
        exchange.time = entry["startedDateTime"]?.string.flatMap { RFC3339.milliseconds(parsing: $0) }
        exchange.requestFields = fields(request["headers"])
        if let body = request["postData"]?["text"]?.string, !body.isEmpty { exchange.bodyHash = body.hashValue }
        exchange.answerFields = fields(entry["response"]?["headers"])
        addBody(entry["response"]?["content"], to: &exchange)
        return .success(exchange)
    }

    /// Host, path and query of a URL, without the fragment.
    private static func target(_ url: String) -> String {
        let rest = url.prefix { $0 != "#" }
        guard let scheme = rest.firstRange(of: "://") else { return String(rest) }
        return String(rest[scheme.upperBound...])
    }

    private static func fields(_ list: JSONValue?) -> [(name: String, value: String)] {
        (list?.array ?? []).compactMap { field in
            guard let name = field["name"]?.string, let value = field["value"]?.string else { return nil }
            return (name.lowercased(), value)
        }
    }

    private static func addBody(_ content: JSONValue?, to exchange: inout DiagnosedExchange) {
        guard let text = content?["text"]?.string else { return }
        let limit = DiagnosedExchange.longestBody
        if content?["encoding"]?.string == "base64" {
            // Four characters make three bytes; a whole number of groups is read.
            let piece = text.utf8.prefix(limit / 3 * 4)
            exchange.answerBody = StructuredBytes.decode(Array(piece)) ?? []
            exchange.bodyIsComplete = piece.count == text.utf8.count
        } else {
            exchange.answerBody = Array(text.utf8.prefix(limit))
            exchange.bodyIsComplete = text.utf8.count <= limit
        }
    }
}
