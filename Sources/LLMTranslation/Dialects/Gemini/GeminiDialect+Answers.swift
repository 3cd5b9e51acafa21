package import HTTPSemantics

extension GeminiDialect {
    /// Reads an answer of `generateContent`.
    package static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion {
        let candidates = body["candidates"]?.array ?? []
        let blocked = body["promptFeedback"]?["blockReason"]?.string
        guard !candidates.isEmpty || blocked != nil || body["usageMetadata"] != nil else {
            throw MalformedAnswer("it has neither candidates nor the reason why there are none")
        }
        let id = body["responseId"]?.string ?? ""
        var choices: [Completion.Choice] = []
        for (position, candidate) in candidates.enumerated() {
            choices.append(choice(of: candidate, at: position, answer: id))
        }
        var losses = LossList()
        for candidate in candidates { name(foreignIn: candidate["content"]?["parts"]?.array ?? [], &losses) }
        if choices.isEmpty { choices = [Completion.Choice(parts: [], stop: .filtered(blocked))] }
        var completion = Completion(
            id: id,
            model: body["modelVersion"]?.string ?? "",
            created: created(body),
            choices: choices,
            usage: usage(of: body["usageMetadata"])
        )
        completion.losses = losses.losses
        return completion
    }

    /// Names the parts that the canonical form cannot hold.
    static func name(foreignIn parts: [JSONValue], _ losses: inout LossList) {
        for part in parts {
            for name in ["executableCode", "codeExecutionResult"] where part[name] != nil {
                losses.add(Loss("answer.\(name)", "other dialects have nothing like it"))
            }
        }
    }

    /// When an answer was made, in seconds since 1970; 0 where it does not say.
    static func created(_ body: JSONObject) -> Int {
        guard let time = body["createTime"]?.string, let moment = RFC3339.milliseconds(parsing: time) else { return 0 }
        return Int(moment / 1_000)
    }

    private static func choice(of candidate: JSONValue, at position: Int, answer: String) -> Completion.Choice {
        var parts: [Part] = []
        var calls = 0
        for piece in (candidate["content"]?["parts"]?.array ?? []).compactMap(GeminiPiece.init) {
            switch piece.content {
            case .text(let text): GeminiParts.append(text: text, signature: piece.signature, to: &parts)
            case .thought(let text): GeminiParts.append(thought: text, signature: piece.signature, to: &parts)
            case .media(let media):
                parts.append(part(of: media))
                GeminiParts.append(signature: piece.signature, to: &parts)
            case .call(let id, let name, let arguments):
                let id = id ?? (answer.isEmpty ? "" : MadeUpCallID.text(calls, of: name, in: answer))
                let signature = piece.signature.map { GeminiSignature(wire: $0).value }
                parts.append(.toolCall(ToolCall(id: id, name: name, arguments: arguments, signature: signature)))
                calls += 1
            }
        }
        return Completion.Choice(
            index: candidate["index"]?.integer ?? position,
            parts: parts,
            stop: GeminiStop.reason(candidate["finishReason"]?.string, hasCalls: calls > 0)
        )
    }

    /// A picture, sound or document of an answer.
    static func part(of media: MediaPart) -> Part {
        guard case .base64(let type, _) = media.source else { return .document(media) }
        return switch GeminiMedia.kind(of: type) {
        case .image: .image(media)
        case .audio: .audio(media)
        case .document, .video: .document(media)
        }
    }

    // MARK: Writing

    /// Writes an answer of `generateContent`.
    package static func body(of completion: Completion, as face: AnswerFace) -> JSONObject {
        var body = JSONObject([("candidates", .array(completion.choices.map { candidate($0, face) }))])
        if let usage = completion.usage, let counts = usageMetadata(usage) { body.set("usageMetadata", to: counts) }
        body.set("modelVersion", to: .string(face.model))
        body.set("responseId", to: .string(completion.id.isEmpty ? face.seed : completion.id))
        return body
    }

    private static func candidate(_ choice: Completion.Choice, _ face: AnswerFace) -> JSONValue {
        var parts: [JSONObject] = []
        var calls = 0
        var stop = choice.stop
        for part in choice.parts {
            switch part {
            case .text(let text):
                if !text.text.isEmpty { parts.append(JSONObject([("text", .string(text.text))])) }
            case .refusal(let text): parts.append(JSONObject([("text", .string(text))]))
            case .image(let media), .document(let media), .audio(let media):
                if let part = GeminiPartWriter.media(media) { parts.append(part) }
            case .reasoning(let reasoning): GeminiPartWriter.append(reasoning, toClient: true, to: &parts)
            case .toolCall(let call):
                if let arguments = WholeCalls.object(call) {
                    let call = MadeUpCallID.named(call, calls, face)
                    parts.append(GeminiPartWriter.call(call, arguments: arguments, toClient: true))
                    calls += 1
                } else if !choice.stop.isCut {
                    stop = .modelError(GeminiStop.malformedCall)
                }
            case .toolResult: break
            }
        }
        return [
            "content": ["parts": .array(parts.map(JSONValue.object)), "role": "model"],
            "finishReason": .string(GeminiStop.word(for: stop)),
            "index": .number(JSONNumber(choice.index)),
        ]
    }
}
