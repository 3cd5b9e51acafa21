import HTTPSemantics

/// Writes parts of contents.
enum GeminiPartWriter {
    /// Appends thinking: to Gemini itself only its own signatures go, to a client all of them.
    static func append(_ reasoning: Reasoning, toClient: Bool, to parts: inout [JSONObject]) {
        let signature = signature(of: reasoning)
        if let signature, signature.value.vendor != .gemini, !toClient { return }
        guard let signature else {
            if !reasoning.text.isEmpty { parts.append(thought(reasoning.text, signature: nil)) }
            return
        }
        if reasoning.text.isEmpty, signature.value.vendor == .gemini {
            if let last = parts.last, takesSignature(last) {
                parts[parts.count - 1].set("thoughtSignature", to: .string(signature.wire))
            } else {
                parts.append(JSONObject([("text", ""), ("thoughtSignature", .string(signature.wire))]))
            }
        } else {
            parts.append(thought(reasoning.text, signature: signature.wire))
        }
    }

    /// A call; to a client (`toClient`) one without a signature is marked, unless Gemini itself made it (`isNative`).
    static func call(
        _ call: ToolCall,
        arguments: JSONObject,
        toClient: Bool,
        isNative: Bool = false
    ) -> JSONObject {
        var function = JSONObject()
        // A made up identifier stands for none.
        if toClient || !MadeUpCallID.matches(call.id, name: call.name) { function.set("id", to: .string(call.id)) }
        function.set("name", to: .string(call.name))
        function.set("args", to: .object(arguments))
        var part = JSONObject([("functionCall", .object(function))])
        if let signature = call.signature, toClient || signature.vendor == .gemini {
            part.set("thoughtSignature", to: .string(GeminiSignature(signature).wire))
        } else if toClient, !isNative, call.signature == nil {
            part.set("thoughtSignature", to: .string(GeminiSignature.unsigned))
        }
        return part
    }

    /// A picture, document or sound; `nil` for what is stored with another vendor.
    static func media(_ media: MediaPart) -> JSONObject? {
        switch media.source {
        case .base64(let type, let data):
            return JSONObject([("inlineData", ["mimeType": .string(type), "data": .string(data)])])
        case .url(let address): return file(address)
        case .file(let address): return GeminiMedia.isStored(address) ? file(address) : nil
        }
    }

    /// The signature of thinking, of either sort.
    private static func signature(of reasoning: Reasoning) -> GeminiSignature? {
        if let value = reasoning.redacted { return GeminiSignature(value, isRedacted: true, id: reasoning.id) }
        return reasoning.signature.map { GeminiSignature($0, id: reasoning.id) }
    }

    private static func thought(_ text: String, signature: String?) -> JSONObject {
        var part = JSONObject([("text", .string(text)), ("thought", true)])
        part.set("thoughtSignature", text: signature)
        return part
    }

    private static func takesSignature(_ part: JSONObject) -> Bool {
        ["thoughtSignature", "thought", "functionCall", "functionResponse"].allSatisfy { part[$0] == nil }
    }

    private static func file(_ address: String) -> JSONObject {
        var file = JSONObject()
        file.set("mimeType", text: GeminiMedia.type(ofAddress: address))
        file.set("fileUri", to: .string(address))
        return JSONObject([("fileData", .object(file))])
    }
}
