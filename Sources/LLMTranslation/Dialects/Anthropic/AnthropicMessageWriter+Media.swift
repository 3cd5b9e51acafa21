import HTTPSemantics

/// Pictures and documents as blocks.
extension AnthropicMessageWriter {
    /// The block of a picture or document; `nil` for what was named as lost.
    mutating func media(_ part: Part) -> JSONValue? {
        let path = OpenAIChatFiles.field(of: part)
        switch part {
        case .image(let media):
            if let detail = media.detail, detail != "auto" {
                lose("\(path).detail", "has no counterpart at Anthropic")
            }
            guard let source = source(of: media, at: path) else { return nil }
            return block("image", source, media)
        case .document(let media):
            guard let source = documentSource(of: media, at: path) else { return nil }
            return block("document", source, media)
        case .audio:
            lose(path, "cannot be heard by Anthropic's models")
            return nil
        case .text, .toolCall, .toolResult, .reasoning, .refusal: return nil
        }
    }

    private mutating func block(_ type: String, _ source: JSONObject, _ media: MediaPart) -> JSONValue {
        var block = JSONObject([("type", .string(type)), ("source", .object(source))])
        if type == "document" { block.set("title", text: media.name) }
        marks.put(media.cacheMark, on: &block)
        return .object(block)
    }

    /// Documents are PDF or plain text, and the latter is not coded.
    private mutating func documentSource(of media: MediaPart, at path: String) -> JSONObject? {
        guard case .base64(let type, let data) = media.source else { return source(of: media, at: path) }
        let essence = type.prefix { $0 != ";" }.lowercased()
        guard essence != "application/pdf" else { return source(of: media, at: path) }
        guard essence.hasPrefix("text/") || essence == "application/json", let bytes = Base64.bytes(of: data),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            lose(path, "must be PDF or plain text at Anthropic")
            return nil
        }
        return JSONObject([("type", "text"), ("media_type", "text/plain"), ("data", .string(text))])
    }

    private mutating func source(of media: MediaPart, at path: String) -> JSONObject? {
        switch media.source {
        case .base64(let type, let data):
            let name = type == "image/jpg" ? "image/jpeg" : type
            return JSONObject([("type", "base64"), ("media_type", .string(name)), ("data", .string(data))])
        case .url(let url):
            return JSONObject([("type", "url"), ("url", .string(url))])
        case .file(let identifier):
            // Files are with one vendor only; Anthropic's identifiers begin like this.
            guard identifier.hasPrefix("file_") else {
                lose("\(path).file_id", "names a file that is not with Anthropic")
                return nil
            }
            return JSONObject([("type", "file"), ("file_id", .string(identifier))])
        }
    }
}
