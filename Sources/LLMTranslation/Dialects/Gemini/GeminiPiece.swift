import HTTPSemantics

/// What one part of an answer says; parts that other vendors have nothing like are passed over.
struct GeminiPiece {
    /// A sort of part.
    enum Content {
        case text(String)
        case thought(String)
        case call(id: String?, name: String, arguments: String)
        case media(MediaPart)
    }

    /// What it says.
    let content: Content
    /// Its signature, as the wire has it.
    let signature: String?

    /// Reads a part.
    init?(_ part: JSONValue) {
        guard part.object != nil else { return nil }
        let signature = part["thoughtSignature"]?.string.flatMap {
            $0.isEmpty || $0 == GeminiSignature.unsigned ? nil : $0
        }
        self.signature = signature
        if let call = part["functionCall"], let name = call["name"]?.string {
            let id = call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            content = .call(id: id, name: name, arguments: ToolArguments.text(of: call["args"]))
        } else if let data = part["inlineData"]?["data"]?.string, let type = part["inlineData"]?["mimeType"]?.string {
            content = .media(MediaPart(.base64(mediaType: type, data: data)))
        } else if let text = part["text"]?.string ?? (signature == nil ? nil : "") {
            content = part["thought"]?.bool == true ? .thought(text) : .text(text)
        } else {
            return nil
        }
    }
}
