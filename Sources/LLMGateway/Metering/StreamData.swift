import HTTPSemantics
import LLMTranslation

/// What one event of a stream carries.
enum StreamData {
    /// Its data: behind `data:` in server-sent events, the line itself otherwise.
    static func data(of event: ArraySlice<UInt8>) -> [UInt8] { fields(of: event) ?? Array(event) }

    /// Its data; `nil` where an event has none, such as a comment.
    static func bytes(of event: ArraySlice<UInt8>, inLines: Bool) -> [UInt8]? {
        guard !inLines else { return event.contains { $0 > 0x20 } ? Array(event) : nil }
        return fields(of: event)
    }

    /// What stands behind `data:`, line by line (HTML, section 9.2.6); `nil` where no line has it.
    private static func fields(of event: ArraySlice<UInt8>) -> [UInt8]? {
        var data: [UInt8]?
        var start = event.startIndex
        while start < event.endIndex {
            let end = event[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? event.endIndex
            let line = event[start..<end]
            if line.starts(with: prefix) {
                let value = line.dropFirst(prefix.count)
                let bare = value.first == 0x20 ? value.dropFirst() : value
                data = data.map { $0 + [0x0A] + bare } ?? Array(bare)
            }
            start = end < event.endIndex ? end + 1 : end
        }
        return data
    }

    /// Whether data is the word that ends OpenAI's and Mistral's streams.
    static func isDone(_ data: [UInt8]) -> Bool {
        let text = data.drop { $0 <= 0x20 }
        return text.starts(with: done) && text.dropFirst(done.count).allSatisfy { $0 <= 0x20 }
    }

    /// The object that its data is, if it is one.
    static func object(of event: ArraySlice<UInt8>) -> JSONObject? {
        (try? JSONParser.parse(answer: data(of: event)))?.object
    }

    private static let prefix = Array("data:".utf8)
    private static let done = Array("[DONE]".utf8)
}
