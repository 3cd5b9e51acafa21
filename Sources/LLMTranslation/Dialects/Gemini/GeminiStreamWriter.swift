import HTTPSemantics

/// Writes an answer of `streamGenerateContent`, as server-sent events or as one list.
///
/// Calls go out whole. Why the answer ended and what was counted go out with the last piece, as Google does it.
package struct GeminiStreamWriter: AnswerStreamWriter {
    private static let head = Array(#"{"candidates":[{"content":{"parts":["#.utf8)
    private static let middle = Array(#"],"role":"model"},"index":"#.utf8)

    private let face: AnswerFace
    private let isArray: Bool
    private let isNative: Bool
    private var id: String
    private var tail: [UInt8]
    private var calls = WholeCalls()
    private var stops: [Int: StopReason] = [:]
    private var thinking: Set<Int> = []
    private var usage = Usage()
    private var hasWritten = false
    private var isOver = false

    /// A writer for a client that shows itself as `face` says; `isArray` where it did not ask for `alt=sse`, `isNative` where
    /// Gemini itself answers the client's own request.
    package init(as face: AnswerFace, isArray: Bool = false, isNative: Bool = false) {
        self.face = face
        self.isArray = isArray
        self.isNative = isNative
        id = face.seed
        tail = Self.tail(face, id: face.seed)
    }

    /// Writes what an event becomes.
    package mutating func write(_ event: StreamEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let start):
            if !start.id.isEmpty { id = start.id }
            tail = Self.tail(face, id: id)
        case .text(let choice, let text), .refusal(let choice, let text):
            writeCompleteCalls(choice, into: &output)
            thinking.remove(choice)
            writeText(text, choice: choice, isThought: false, into: &output)
        case .reasoning(let choice, let text):
            writeCompleteCalls(choice, into: &output)
            thinking.insert(choice)
            writeText(text, choice: choice, isThought: true, into: &output)
        case .reasoningSigned(let choice, let value):
            writeSignature(GeminiSignature(value), choice: choice, into: &output)
        case .reasoningRedacted(let choice, let value):
            writeSignature(GeminiSignature(value, isRedacted: true), choice: choice, into: &output)
        case .callStarted(let choice, let call, let begun):
            calls.start(choice: choice, call: call, MadeUpCallID.named(begun, call, face))
        case .callArguments(let choice, let call, let piece): calls.extend(choice: choice, call: call, by: piece)
        case .stopped(let choice, let reason): stop(choice, reason, into: &output)
        case .usage(let counts): usage.update(with: counts)
        case .failed(let failure): finish(JSONObject([("error", .object(GeminiDialect.error(failure)))]), into: &output)
        case .ended: finish(lastChunk(), into: &output)
        }
    }

    // MARK: Pieces

    private static func tail(_ face: AnswerFace, id: String) -> [UInt8] {
        var tail = Array(#"}],"modelVersion":"#.utf8)
        JSONWriter.appendString(face.model, to: &tail)
        tail += Array(#","responseId":"#.utf8)
        JSONWriter.appendString(id, to: &tail)
        tail.append(0x7D)
        return tail
    }

    private mutating func writeText(_ text: String, choice: Int, isThought: Bool, into output: inout [UInt8]) {
        guard !text.isEmpty else { return }
        open(into: &output)
        output += Self.head
        output += #"{"text":"#.utf8
        JSONWriter.appendString(text, to: &output)
        if isThought { output += #","thought":true"#.utf8 }
        output.append(0x7D)
        closePiece(choice, into: &output)
    }

    private mutating func writePart(_ part: JSONObject, choice: Int, into output: inout [UInt8]) {
        open(into: &output)
        output += Self.head
        JSONWriter.append(.object(part), to: &output)
        closePiece(choice, into: &output)
    }

    private mutating func writeSignature(_ signature: GeminiSignature, choice: Int, into output: inout [UInt8]) {
        writeCompleteCalls(choice, into: &output)
        var part = JSONObject([("text", "")])
        if signature.value.vendor != .gemini || thinking.contains(choice) { part.set("thought", to: true) }
        part.set("thoughtSignature", to: .string(signature.wire))
        writePart(part, choice: choice, into: &output)
    }

    private mutating func writeCompleteCalls(_ choice: Int, into output: inout [UInt8]) {
        for call in calls.takeComplete(choice: choice) { _ = write(call, choice: choice, into: &output) }
    }

    /// Writes a whole call; whether its arguments are an object.
    private mutating func write(_ call: ToolCall, choice: Int, into output: inout [UInt8]) -> Bool {
        guard let arguments = WholeCalls.object(call) else { return false }
        thinking.remove(choice)
        let part = GeminiPartWriter.call(call, arguments: arguments, toClient: true, isNative: isNative)
        writePart(part, choice: choice, into: &output)
        return true
    }

    private mutating func stop(_ choice: Int, _ reason: StopReason, into output: inout [UInt8]) {
        var reason = reason
        for call in calls.takeAll(choice: choice) where !write(call, choice: choice, into: &output) {
            if !reason.isCut { reason = .modelError(GeminiStop.malformedCall) }
        }
        stops[choice] = reason
    }

    // MARK: Frames

    private mutating func open(into output: inout [UInt8]) {
        if isArray {
            output += hasWritten ? ",\n".utf8 : "[".utf8
        } else {
            output += "data: ".utf8
        }
        hasWritten = true
    }

    private func closePiece(_ choice: Int, into output: inout [UInt8]) {
        output += Self.middle
        output += String(choice).utf8
        output += tail
        if !isArray { output += "\n\n".utf8 }
    }

    private mutating func finish(_ chunk: JSONObject, into output: inout [UInt8]) {
        open(into: &output)
        JSONWriter.append(.object(chunk), to: &output)
        output += isArray ? "]".utf8 : "\n\n".utf8
        isOver = true
    }

    private func lastChunk() -> JSONObject {
        let stops = stops.isEmpty ? [0: StopReason.natural] : stops
        var candidates: [JSONValue] = []
        for (choice, reason) in stops.sorted(by: { $0.key < $1.key }) {
            candidates.append([
                "content": ["parts": [["text": ""]], "role": "model"],
                "finishReason": .string(GeminiStop.word(for: reason)), "index": .number(JSONNumber(choice)),
            ])
        }
        var chunk = JSONObject([("candidates", .array(candidates))])
        if let counts = GeminiDialect.usageMetadata(usage) { chunk.set("usageMetadata", to: counts) }
        chunk.set("modelVersion", to: .string(face.model))
        chunk.set("responseId", to: .string(id))
        return chunk
    }
}
