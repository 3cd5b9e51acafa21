import HTTPSemantics

/// Reads the contents of a request as turns.
struct GeminiContentReader {
    private static let noCounterpart = "other vendors have nothing like it"

    /// What the canonical form cannot hold.
    var losses: [Loss] = []
    private var ledger = CallLedger()

    /// Reads the system instruction; its role means nothing.
    mutating func system(_ instruction: GeminiReader) throws(MalformedRequest) -> Turn? {
        var turn = Turn(.system, [])
        for part in try instruction.sections("parts") ?? [] {
            if let text = try part.fields.string("text"), !text.isEmpty { turn.parts.append(.text(TextPart(text))) }
            part.noteUnknown(besides: ["text"], "instructions are text only", losses: &losses)
        }
        return turn.parts.isEmpty ? nil : turn
    }

    /// Reads one content; results of calls become turns of their own.
    ///
    /// What the model said goes on in its last turn: Google's SDKs keep each piece of a stream as a content of its own.
    mutating func read(_ content: GeminiReader, into turns: inout [Turn]) throws(MalformedRequest) {
        let role = try content.fields.string("role")?.lowercased() ?? "user"
        guard ["user", "model", "function"].contains(role) else {
            throw content.fields.fault("role", "must be user or model")
        }
        let isModel = role == "model"
        guard let parts = try content.sections("parts"), !parts.isEmpty else {
            // A model that stopped while thinking has said nothing, and SDKs send that back.
            if isModel { return }
            throw content.fields.missing("parts")
        }
        content.noteUnknown(besides: ["role", "parts"], Self.noCounterpart, losses: &losses)
        var own = isModel && turns.last?.role == .assistant ? [turns.removeLast()] : []
        for part in parts {
            if let response = try part.section("functionResponse") {
                let result = try result(response)
                own[Self.open(.tool, in: &own)].parts.append(.toolResult(result))
                part.noteUnknown(besides: ["functionResponse"], Self.noCounterpart, losses: &losses)
            } else {
                let turn = Self.open(isModel ? .assistant : .user, in: &own)
                try read(part, isModel: isModel, into: &own[turn].parts)
            }
        }
        turns += own.filter { !$0.parts.isEmpty }
    }

    /// Where the turn stands that goes on: the last if it is of that role, else a new one.
    private static func open(_ role: Turn.Role, in turns: inout [Turn]) -> Int {
        if turns.last?.role != role { turns.append(Turn(role, [])) }
        return turns.count - 1
    }

    private mutating func read(
        _ part: GeminiReader,
        isModel: Bool,
        into parts: inout [Part]
    ) throws(MalformedRequest) {
        let fields = part.fields
        let told = try fields.string("thoughtSignature")
        let signature = told == GeminiSignature.unsigned ? nil : told
        let isThought = try fields.bool("thought") ?? false
        let known: Set = ["text", "thought", "thoughtSignature", "functionCall", "inlineData", "fileData"]
        part.noteUnknown(besides: known, Self.noCounterpart, losses: &losses)
        if let call = try part.section("functionCall") {
            guard isModel else {
                throw fields.fault("functionCall", "belongs into a content of the role model")
            }
            try parts.append(.toolCall(self.call(call, signature: signature)))
        } else if let media = try media(part) {
            parts.append(media)
            GeminiParts.append(signature: signature, to: &parts)
        } else {
            let text = try fields.string("text") ?? ""
            if isThought {
                GeminiParts.append(thought: text, signature: signature, to: &parts)
            } else if isModel {
                GeminiParts.append(text: text, signature: signature, to: &parts)
            } else if fields.value("text") != nil {
                parts.append(.text(TextPart(text)))
            }
        }
    }

    // MARK: Calls and their results

    private mutating func call(_ call: GeminiReader, signature: String?) throws(MalformedRequest) -> ToolCall {
        let fields = call.fields
        let name = try fields.requiredString("name")
        let id = try fields.string("id").flatMap { $0.isEmpty ? nil : $0 }
        if let value = fields.value("args"), value.object == nil { throw fields.fault("args", "must be an object") }
        call.noteUnknown(besides: ["name", "id", "args"], Self.noCounterpart, losses: &losses)
        return ToolCall(
            id: ledger.add(id: id, name: name),
            name: name,
            arguments: ToolArguments.text(of: fields.value("args")),
            signature: signature.flatMap { $0.isEmpty ? nil : GeminiSignature(wire: $0).value }
        )
    }

    private mutating func result(_ response: GeminiReader) throws(MalformedRequest) -> ToolResult {
        let fields = response.fields
        let id = try fields.string("id").flatMap { $0.isEmpty ? nil : $0 }
        guard let name = try fields.string("name") ?? (id == nil ? nil : "") else { throw fields.missing("name") }
        guard let call = ledger.answer(id: id, name: name) else {
            throw MalformedRequest(
                fields.path + "name",
                "\(fields.path)name answers no call of «\(name)»; "
                    + "put the model's functionCall before its functionResponse."
            )
        }
        response.noteUnknown(besides: ["id", "name", "response", "parts"], Self.noCounterpart, losses: &losses)
        let outcome = try GeminiToolOutcome(reading: fields.section("response")?.object ?? JSONObject())
        var content: [Part] = outcome.text.isEmpty ? [] : [.text(TextPart(outcome.text))]
        for part in try response.sections("parts") ?? [] {
            if let media = try media(part) { content.append(media) }
            part.noteUnknown(besides: ["inlineData", "fileData"], Self.noCounterpart, losses: &losses)
        }
        return ToolResult(callID: call.id, name: call.name, content: content, isError: outcome.isError)
    }

    // MARK: Media

    private mutating func media(_ part: GeminiReader) throws(MalformedRequest) -> Part? {
        if let inline = try part.section("inlineData") {
            let fields = inline.fields
            let type = try fields.requiredString("mimeType")
            let data = try GeminiBase64.common(fields.requiredString("data"))
            let source = MediaPart.Source.base64(mediaType: type, data: data)
            inline.noteUnknown(besides: ["mimeType", "data", "displayName"], Self.noCounterpart, losses: &losses)
            return try media(MediaPart(source, name: fields.string("displayName")), type: type, at: fields.path)
        }
        guard let file = try part.section("fileData") else { return nil }
        let fields = file.fields
        let address = try fields.requiredString("fileUri")
        let type = try fields.string("mimeType") ?? GeminiMedia.type(ofAddress: address) ?? ""
        file.noteUnknown(besides: ["mimeType", "fileUri", "displayName"], Self.noCounterpart, losses: &losses)
        let source = GeminiMedia.isStored(address) ? MediaPart.Source.file(address) : .url(address)
        return try media(MediaPart(source, name: fields.string("displayName")), type: type, at: fields.path)
    }

    private mutating func media(_ media: MediaPart, type: String, at path: String) -> Part? {
        switch GeminiMedia.kind(of: type) {
        case .image: return .image(media)
        case .audio: return .audio(media)
        case .document: return .document(media)
        case .video:
            losses.append(Loss(String(path.dropLast()), "other vendors take no video"))
            return nil
        }
    }
}
