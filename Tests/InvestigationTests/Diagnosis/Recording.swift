import HTTPSemantics
import Investigation

/// Small recordings, and what is made of them.
enum Recording {
    /// One entry of an archive.
    struct Entry {
        var time = 0
        var caller = "a"
        var method = "GET"
        var url = "https://api.test/items/1"
        var sent: [String: String] = [:]
        var body: String?
        var status = 200
        var fields: [String: String] = [:]
        var answer: String?
    }

    /// An archive of entries.
    static func archive(_ entries: [Entry]) -> [UInt8] {
        JSONWriter.bytes(["log": ["version": "1.2", "entries": .array(entries.map(value))]])
    }

    /// What is found in a file that comes in pieces of `size` bytes.
    static func diagnose(_ bytes: [UInt8], inPiecesOf size: Int = 65_536) throws(InputFault) -> DiagnosisReport {
        var reader = DiagnosisReader()
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.feed(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return try reader.finish()
    }

    /// What is found in a text.
    static func diagnose(_ text: String) throws(InputFault) -> DiagnosisReport { try diagnose(Array(text.utf8)) }

    private static func value(_ entry: Entry) -> JSONValue {
        var request = JSONObject()
        request.set("method", to: .string(entry.method))
        request.set("url", to: .string(entry.url))
        request.set("headers", to: fields(entry.sent.merging(["Authorization": entry.caller]) { $1 }))
        if let body = entry.body { request.set("postData", to: ["mimeType": "x/y", "text": .string(body)]) }
        let content: JSONValue = entry.answer.map { ["text": .string($0)] } ?? [:]
        let response: JSONValue = [
            "status": .number(JSONNumber(entry.status)), "headers": fields(entry.fields), "content": content,
        ]
        let seconds = entry.time < 10 ? "0\(entry.time)" : "\(entry.time)"
        return [
            "startedDateTime": .string("2026-01-31T12:00:\(seconds).000Z"), "request": .object(request),
            "response": response,
        ]
    }

    private static func fields(_ fields: [String: String]) -> JSONValue {
        .array(fields.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "value": .string($0.value)] })
    }
}
