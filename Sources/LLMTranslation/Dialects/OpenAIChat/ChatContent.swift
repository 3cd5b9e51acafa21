import HTTPSemantics

/// Reads the `content` of messages of requests: a text, or a list of parts as OpenAI's chat and Mistral have them.
package enum ChatContent {
    private static let foreign = "other dialects do not have it"
    private static let known: [String: Set<String>] = [
        "text": ["type", "text", "prompt_cache_breakpoint"], "refusal": ["type", "refusal"],
        "image_url": ["type", "image_url", "prompt_cache_breakpoint"],
        "input_audio": ["type", "input_audio", "prompt_cache_breakpoint"],
        "file": ["type", "file", "file_id", "prompt_cache_breakpoint"],
        "document_url": ["type", "document_url", "document_name"],
        "thinking": ["type", "thinking", "signature", "closed"],
    ]

    /// The parts of a message's content; none where it is absent or `null`.
    package static func parts(
        of message: RequestReader,
        vendor: Vendor,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> [Part] {
        guard let value = message.value("content") else { return [] }
        if let text = value.string { return [.text(TextPart(text))] }
        guard value.array != nil, let pieces = try message.sections("content") else {
            throw message.fault("content", "must be a text or a list of parts")
        }
        var parts: [Part] = []
        for piece in pieces {
            let type = try piece.requiredString("type")
            guard let known = known[type] else {
                losses.append(Loss("\(piece.path)\(type)", foreign))
                continue
            }
            piece.noteUnknown(besides: known, foreign, losses: &losses)
            if let part = try part(piece, type: type, vendor: vendor) { append(part, to: &parts) }
        }
        return parts
    }

    /// Appends a part; thinking that came in pieces, as streams show it, becomes one.
    package static func append(_ part: Part, to parts: inout [Part]) {
        guard case .reasoning(let later) = part, later.redacted == nil,
            case .reasoning(var whole)? = parts.last, whole.signature == nil, whole.redacted == nil
        else { return parts.append(part) }
        // Taken out first, so that a long text that comes in many pieces is not copied for each.
        parts.removeLast()
        whole.text += later.text
        whole.signature = later.signature
        parts.append(.reasoning(whole))
    }

    private static func part(
        _ piece: RequestReader,
        type: String,
        vendor: Vendor
    ) throws(MalformedRequest) -> Part? {
        let mark: String? = piece.value("prompt_cache_breakpoint") == nil ? nil : "5m"
        switch type {
        case "text": return .text(TextPart(try piece.requiredString("text"), cacheMark: mark))
        case "refusal": return .refusal(try piece.requiredString("refusal"))
        case "image_url": return .image(try image(piece, mark: mark))
        case "input_audio": return .audio(try audio(piece, mark: mark))
        case "file": return .document(try file(piece, mark: mark))
        case "document_url":
            let source = try source(of: piece.requiredString("document_url"), "document_url", in: piece)
            return .document(MediaPart(source, name: try piece.string("document_name")))
        default: return MistralThinking.part(piece.object, from: vendor).map { .reasoning($0) }
        }
    }

    private static func image(_ piece: RequestReader, mark: String?) throws(MalformedRequest) -> MediaPart {
        guard let value = piece.value("image_url") else { throw piece.missing("image_url") }
        if let url = value.string { return MediaPart(try source(of: url, "image_url", in: piece), cacheMark: mark) }
        guard let section = try piece.section("image_url") else { throw piece.missing("image_url") }
        let source = try source(of: section.requiredString("url"), "url", in: section)
        return MediaPart(source, detail: try section.string("detail"), cacheMark: mark)
    }

    /// OpenAI says data and format; Mistral gives base64 or a URL as a text.
    private static func audio(_ piece: RequestReader, mark: String?) throws(MalformedRequest) -> MediaPart {
        guard let value = piece.value("input_audio") else { throw piece.missing("input_audio") }
        if let text = value.string {
            let isURL = DataURL.isOne(text) || text.prefix(4) == "http"
            let source: MediaPart.Source =
                isURL
                ? try source(of: text, "input_audio", in: piece)
                : .base64(mediaType: "audio/mpeg", data: DataURL.withoutBlanks(text[...]))
            return MediaPart(source, cacheMark: mark)
        }
        guard let section = try piece.section("input_audio") else { throw piece.missing("input_audio") }
        let data = DataURL.withoutBlanks(try section.requiredString("data")[...])
        let format = try section.requiredString("format")
        let mediaType = format == "mp3" ? "audio/mpeg" : "audio/\(format)"
        return MediaPart(.base64(mediaType: mediaType, data: data), cacheMark: mark)
    }

    /// OpenAI puts it into an object of its own; Mistral gives the identifier beside the type.
    private static func file(_ piece: RequestReader, mark: String?) throws(MalformedRequest) -> MediaPart {
        let file = try piece.section("file") ?? piece
        let name = try file.string("filename")
        if let identifier = try file.string("file_id") {
            return MediaPart(.file(identifier), name: name, cacheMark: mark)
        }
        let data = try file.requiredString("file_data")
        guard DataURL.isOne(data) else {
            let base64 = DataURL.withoutBlanks(data[...])
            return MediaPart(.base64(mediaType: "application/pdf", data: base64), name: name, cacheMark: mark)
        }
        return MediaPart(try source(of: data, "file_data", in: file), name: name, cacheMark: mark)
    }

    private static func source(
        of url: String,
        _ name: String,
        in reader: RequestReader
    ) throws(MalformedRequest) -> MediaPart.Source {
        guard let source = DataURL.source(of: url) else {
            throw reader.fault(name, "must be a web address or a data: URL in base64")
        }
        return source
    }
}
