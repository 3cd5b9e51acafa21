import HTTPSemantics

/// Reads an answer of `/api/chat` or `/api/generate` that comes line by line; the line that is `done` ends it.
package struct OllamaStreamReader: AnswerStreamReader {
    private var lines = LineReader()
    private var calls = 0
    private var mark = ""
    private var hasStarted = false
    private var isOver = false

    /// A reader at the beginning.
    package init() {}

    /// Takes more bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        guard !isOver else { return }
        var complete: [[UInt8]] = []
        lines.feed(bytes) { complete.append($0) }
        for line in complete { take(line, into: &events) }
        if lines.isTooLong { fail("The provider sent a line beyond all bounds.", into: &events) }
    }

    /// The bytes have ended.
    package mutating func finish(into events: inout [StreamEvent]) {
        guard !isOver else { return }
        var complete: [[UInt8]] = []
        lines.finish { complete.append($0) }
        for line in complete { take(line, isLast: true, into: &events) }
        fail("The provider ended its answer before it was complete.", into: &events)
    }

    private mutating func fail(_ message: String, into events: inout [StreamEvent]) {
        guard !isOver else { return }
        isOver = true
        events.append(.failed(ModelFailure(.server, message)))
    }

    private mutating func take(_ line: [UInt8], isLast: Bool = false, into events: inout [StreamEvent]) {
        guard !isOver, line.contains(where: { $0 > 0x20 }) else { return }
        guard let body = (try? JSONParser.parse(answer: line))?.object else {
            // Half a line at the end is an answer that was cut.
            if !isLast { fail("The provider sent something within its answer that is not JSON.", into: &events) }
            return
        }
        if let error = body["error"], GeminiReader.saysSomething(error) {
            isOver = true
            return events.append(.failed(OllamaDialect.failure(status: 0, error: error)))
        }
        take(OllamaPiece(body), of: body, into: &events)
    }

    private mutating func take(_ piece: OllamaPiece, of body: JSONObject, into events: inout [StreamEvent]) {
        if !hasStarted {
            hasStarted = true
            mark = piece.mark
            events.append(.started(AnswerStart(model: body["model"]?.string ?? "", created: piece.created)))
        }
        if !piece.thinking.isEmpty { events.append(.reasoning(choice: 0, piece.thinking)) }
        if !piece.text.isEmpty { events.append(.text(choice: 0, piece.text)) }
        for call in piece.calls {
            events.append(.callStarted(choice: 0, call: calls, call.toolCall(number: calls, answer: mark)))
            calls += 1
        }
        guard piece.isDone else { return }
        if let usage = OllamaDialect.usage(of: .object(body)) { events.append(.usage(usage)) }
        events.append(.stopped(choice: 0, OllamaAnswer.stop(piece.doneReason, hasCalls: calls > 0)))
        events.append(.ended)
        isOver = true
    }
}
