package import HTTPSemantics

/// Pictures, documents and sound as chunks of Mistral's content; `nil` where it cannot say where the bytes are.
package enum MistralFiles {
    /// The chunk of a picture, a document or sound.
    package static func chunk(of part: Part) -> JSONValue? {
        switch part {
        case .image(let media): image(media)
        case .document(let media): document(media)
        case .audio(let media): audio(media)
        default: nil
        }
    }

    private static func url(of media: MediaPart) -> String? {
        switch media.source {
        case .base64(let type, let data): DataURL.text(mediaType: type, data: data)
        case .url(let url): url
        case .file: nil
        }
    }

    private static func image(_ media: MediaPart) -> JSONValue? {
        guard let url = url(of: media) else { return nil }
        var image = JSONObject([("url", .string(url))])
        image.set("detail", text: media.detail)
        return ["type": "image_url", "image_url": .object(image)]
    }

    private static func document(_ media: MediaPart) -> JSONValue? {
        if case .file(let identifier) = media.source { return ["type": "file", "file_id": .string(identifier)] }
        guard let url = url(of: media) else { return nil }
        var chunk = JSONObject([("type", "document_url"), ("document_url", .string(url))])
        chunk.set("document_name", text: media.name)
        return .object(chunk)
    }

    private static func audio(_ media: MediaPart) -> JSONValue? {
        switch media.source {
        case .base64(_, let data): ["type": "input_audio", "input_audio": .string(data)]
        case .url(let url): ["type": "input_audio", "input_audio": .string(url)]
        case .file: nil
        }
    }
}
