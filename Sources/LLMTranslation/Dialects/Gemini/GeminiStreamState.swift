import HTTPSemantics

/// Where the reading of an answer in pieces stands.
struct GeminiStreamState {
    private struct Choice {
        var calls = 0
        var finishReason: String?
    }

    /// More candidates than anybody asks for.
    private static let mostChoices = 128

    private var choices: [Int: Choice] = [:]
    private var blockReason: String?
    private var answer = ""
    private var usage: Usage?
    private var hasStarted = false
    private var isOver = false
    /// What was passed over.
    private(set) var losses = LossList()

    /// Takes one event's data.
    mutating func take(_ data: [UInt8], into events: inout [StreamEvent]) {
        guard !isOver else { return }
        guard let value = try? JSONParser.parse(answer: data) else {
            return fail("The provider sent something within its answer that is not JSON.", into: &events)
        }
        for chunk in value.array ?? [value] {
            guard !isOver, let chunk = chunk.object else { continue }
            take(chunk, into: &events)
        }
    }

    /// The answer cannot go on.
    mutating func fail(_ message: String, into events: inout [StreamEvent]) {
        guard !isOver else { return }
        isOver = true
        events.append(.failed(ModelFailure(.server, message)))
    }

    /// The bytes have ended.
    mutating func finish(into events: inout [StreamEvent]) {
        guard !isOver else { return }
        if choices.isEmpty, blockReason != nil || usage != nil {
            // A prompt that was withheld is counted, and answered by no candidate; not always is it said why.
            events.append(.stopped(choice: 0, .filtered(blockReason)))
        } else if choices.isEmpty || choices.values.contains(where: { $0.finishReason == nil }) {
            return fail("The provider ended its answer before it was complete.", into: &events)
        }
        for (index, choice) in choices.sorted(by: { $0.key < $1.key }) {
            let reason = GeminiStop.reason(choice.finishReason, hasCalls: choice.calls > 0)
            events.append(.stopped(choice: index, reason))
        }
        isOver = true
        events.append(.ended)
    }

    private mutating func take(_ chunk: JSONObject, into events: inout [StreamEvent]) {
        if let error = chunk["error"], GeminiReader.saysSomething(error) {
            isOver = true
            return events.append(.failed(GeminiDialect.failure(status: 0, error: error)))
        }
        if !hasStarted {
            hasStarted = true
            // Told first, since some dialects begin an answer with what its prompt took.
            count(chunk, into: &events)
            answer = chunk["responseId"]?.string ?? ""
            let model = chunk["modelVersion"]?.string ?? ""
            events.append(.started(AnswerStart(id: answer, model: model, created: GeminiDialect.created(chunk))))
        }
        for (position, candidate) in (chunk["candidates"]?.array ?? []).enumerated() {
            take(candidate, at: candidate["index"]?.integer ?? position, into: &events)
        }
        if let reason = chunk["promptFeedback"]?["blockReason"]?.string { blockReason = reason }
        count(chunk, into: &events)
    }

    private mutating func count(_ chunk: JSONObject, into events: inout [StreamEvent]) {
        guard let usage = GeminiDialect.usage(of: chunk["usageMetadata"]), usage != self.usage else { return }
        self.usage = usage
        events.append(.usage(usage))
    }

    private mutating func take(_ candidate: JSONValue, at index: Int, into events: inout [StreamEvent]) {
        guard (0..<Self.mostChoices).contains(index), candidate.object != nil else { return }
        var choice = choices[index] ?? Choice()
        let parts = candidate["content"]?["parts"]?.array ?? []
        GeminiDialect.name(foreignIn: parts, &losses)
        for piece in parts.compactMap(GeminiPiece.init) { take(piece, of: &choice, at: index, into: &events) }
        // Told at the end only: nothing keeps Google from saying more behind it.
        if let reason = candidate["finishReason"]?.string, reason != "FINISH_REASON_UNSPECIFIED" {
            choice.finishReason = reason
        }
        choices[index] = choice
    }

    private mutating func take(
        _ piece: GeminiPiece,
        of choice: inout Choice,
        at index: Int,
        into events: inout [StreamEvent]
    ) {
        switch piece.content {
        case .text(let text):
            if !text.isEmpty { events.append(.text(choice: index, text)) }
        case .thought(let text):
            if !text.isEmpty { events.append(.reasoning(choice: index, text)) }
        case .media(let media):
            let name = GeminiDialect.part(of: media).nameOfMedia ?? "document"
            losses.add(Loss("answer.\(name)", "has no place in streams of other dialects"))
        case .call(let id, let name, let arguments):
            let id = id ?? (answer.isEmpty ? "" : MadeUpCallID.text(choice.calls, of: name, in: answer))
            let signature = piece.signature.map { GeminiSignature(wire: $0).value }
            let call = ToolCall(id: id, name: name, arguments: arguments, signature: signature)
            events.append(.callStarted(choice: index, call: choice.calls, call))
            choice.calls += 1
            return
        }
        guard let signature = piece.signature.map(GeminiSignature.init(wire:)) else { return }
        events.append(
            signature.isRedacted
                ? .reasoningRedacted(choice: index, signature.value)
                : .reasoningSigned(choice: index, signature.value)
        )
    }
}
