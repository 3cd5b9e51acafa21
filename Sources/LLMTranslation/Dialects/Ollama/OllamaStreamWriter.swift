import HTTPSemantics

/// Writes an answer of `/api/chat` or `/api/generate` line by line: calls go out whole; the last line has the counts.
///
/// There is one answer to a request: other choices are passed over.
package struct OllamaStreamWriter: AnswerStreamWriter {
    private static let unfinished = Array(#","done":false}"#.utf8) + [0x0A]

    private let face: AnswerFace
    private let shape: OllamaShape
    private var created: Int
    private var head: [UInt8]
    private var calls = WholeCalls()
    private var callCount = 0
    private var stop = StopReason.natural
    private var usage = Usage()
    private var isOver = false

    /// A writer for a client that shows itself as `face` says.
    init(as face: AnswerFace, shape: OllamaShape) {
        self.face = face
        self.shape = shape
        created = face.created
        head = Self.head(face, created: created)
    }

    /// Writes what an event becomes.
    package mutating func write(_ event: StreamEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let start):
            if start.created > 0 { created = start.created }
            head = Self.head(face, created: created)
        case .text(0, let text), .refusal(0, let text):
            writeCompleteCalls(into: &output)
            writeText(text, isThinking: false, into: &output)
        case .reasoning(0, let text):
            writeCompleteCalls(into: &output)
            writeText(text, isThinking: true, into: &output)
        case .callStarted(0, let call, let begun):
            calls.start(choice: 0, call: call, MadeUpCallID.named(begun, call, face))
        case .callArguments(0, let call, let piece): calls.extend(choice: 0, call: call, by: piece)
        case .stopped(0, let reason):
            for call in calls.takeAll(choice: 0) { write(call, into: &output) }
            stop = reason
        case .usage(let counts): usage.update(with: counts)
        case .failed(let failure):
            isOver = true
            StreamText.appendLine(JSONObject([("error", .string(failure.message))]), to: &output)
        case .ended: writeLastLine(into: &output)
        case .text, .refusal, .reasoning, .reasoningSigned, .reasoningRedacted, .callStarted, .callArguments, .stopped:
            break
        }
    }

    // MARK: Lines

    private static func head(_ face: AnswerFace, created: Int) -> [UInt8] {
        var head = Array(#"{"model":"#.utf8)
        OllamaText.append(face.model, to: &head)
        head += #","created_at":"#.utf8
        JSONWriter.appendString(OllamaAnswer.time(created), to: &head)
        return head
    }

    private func writeText(_ text: String, isThinking: Bool, into output: inout [UInt8]) {
        guard !text.isEmpty else { return }
        output += head
        switch (shape, isThinking) {
        case (.chat, false): output += #","message":{"role":"assistant","content":"#.utf8
        case (.chat, true): output += #","message":{"role":"assistant","content":"","thinking":"#.utf8
        case (.generate, false): output += #","response":"#.utf8
        case (.generate, true): output += #","response":"","thinking":"#.utf8
        }
        OllamaText.append(text, to: &output)
        if shape == .chat { output.append(0x7D) }
        output += Self.unfinished
    }

    private mutating func writeCompleteCalls(into output: inout [UInt8]) {
        for call in calls.takeComplete(choice: 0) { write(call, into: &output) }
    }

    private mutating func write(_ call: ToolCall, into output: inout [UInt8]) {
        // The answer to a single prompt has no place for calls; there are no tools then either.
        guard shape == .chat else { return }
        guard let arguments = WholeCalls.object(call) else {
            return writeText(OllamaAnswer.text(of: call), isThinking: false, into: &output)
        }
        var message = OllamaMessage(role: "assistant")
        message.calls = [OllamaMessage.call(call, arguments: arguments, number: callCount, toClient: true)]
        callCount += 1
        var line = lineStart()
        line.set("message", to: .object(message.object))
        line.set("done", to: false)
        StreamText.appendLine(line, to: &output)
    }

    private mutating func writeLastLine(into output: inout [UInt8]) {
        isOver = true
        var line = lineStart()
        switch shape {
        case .chat: line.set("message", to: .object(OllamaMessage(role: "assistant").object))
        case .generate: line.set("response", to: "")
        }
        OllamaAnswer.finish(&line, stop, usage)
        StreamText.appendLine(line, to: &output)
    }

    private func lineStart() -> JSONObject {
        JSONObject([("model", .string(face.model)), ("created_at", .string(OllamaAnswer.time(created)))])
    }
}
