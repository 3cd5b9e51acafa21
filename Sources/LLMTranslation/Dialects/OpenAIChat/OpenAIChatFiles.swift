package import HTTPSemantics

/// Pictures, documents and sound as parts of messages of OpenAI's chat; `nil` where it cannot say where the bytes are.
package enum OpenAIChatFiles {
    /// A picture, in the request or at an address.
    package static func image(_ media: MediaPart) -> JSONValue? {
        var image = JSONObject()
        switch media.source {
        case .base64(let type, let data): image.set("url", text: DataURL.text(mediaType: type, data: data))
        case .url(let url): image.set("url", text: url)
        case .file: return nil
        }
        image.set("detail", text: media.detail)
        return ["type": "image_url", "image_url": .object(image)]
    }

    /// A document, in the request or uploaded before.
    package static func document(_ media: MediaPart) -> JSONValue? {
        switch media.source {
        case .base64(let type, let data):
            let name = media.name ?? defaultName(of: type)
            let content = DataURL.text(mediaType: type, data: data)
            return ["type": "file", "file": ["filename": .string(name), "file_data": .string(content)]]
        case .file(let identifier): return ["type": "file", "file": ["file_id": .string(identifier)]]
        case .url: return nil
        }
    }

    /// Sound, in the request only and as WAV or MP3.
    package static func audio(_ media: MediaPart) -> JSONValue? {
        guard case .base64(let type, let data) = media.source else { return nil }
        let format: String
        switch type {
        case "audio/wav", "audio/x-wav", "audio/wave": format = "wav"
        case "audio/mpeg", "audio/mp3": format = "mp3"
        default: return nil
        }
        return ["type": "input_audio", "input_audio": ["data": .string(data), "format": .string(format)]]
    }

    /// What a part is called as a loss: by its sort, since turns are not the client's messages one by one.
    package static func field(of part: Part) -> String {
        let sort =
            switch part {
            case .text: "text"
            case .image: "image"
            case .document: "document"
            case .audio: "audio"
            case .toolCall: "tool_call"
            case .toolResult: "tool_result"
            case .reasoning: "reasoning"
            case .refusal: "refusal"
            }
        return "messages.\(sort)"
    }

    private static func defaultName(of mediaType: String) -> String {
        switch mediaType {
        case "application/pdf": "document.pdf"
        case "text/plain": "document.txt"
        default: "document"
        }
    }
}
