import HTTPSemantics

/// Reads a message in pieces.
package struct AnthropicStreamReader: AnswerStreamReader {
    /// A block that has begun and not ended.
    private enum Block {
        case text
        case thinking(signature: String)
        case call(number: Int, input: String, hasArguments: Bool)
        /// A block of the vendor's own tools.
        case other
    }

    private var framing = EventStreamReader()
    private var counts = AnthropicCounts()
    private var blocks: [Int: Block] = [:]
    private var calls = 0
    private var hasStarted = false
    private var hasStopped = false
    private var isDone = false

    /// A reader at the beginning.
    package init() {}

    /// Takes more bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        guard !isDone else { return }
        var taken: [EventStreamReader.Event] = []
        framing.feed(bytes) { taken.append($0) }
        for event in taken where !isDone { read(event, into: &events) }
        if framing.isTooLong { fail("The provider sent more in one piece than can be taken.", into: &events) }
    }

    /// The bytes have ended.
    package mutating func finish(into events: inout [StreamEvent]) {
        fail("The provider ended its answer before it was complete.", into: &events)
    }

    private mutating func fail(_ message: String, into events: inout [StreamEvent]) {
        guard !isDone else { return }
        isDone = true
        events.append(.failed(ModelFailure(.server, message)))
    }

    private mutating func read(_ event: EventStreamReader.Event, into events: inout [StreamEvent]) {
        // Some servers end the stream as OpenAI does, besides what the dialect wants.
        guard !event.data.isEmpty, !event.data.elementsEqual("[DONE]".utf8) else { return }
        guard let data = try? JSONParser.parse(answer: event.data), data.object != nil else {
            return fail("The provider sent something that is not JSON within its answer.", into: &events)
        }
        let name = String(decoding: event.name, as: UTF8.self)
        switch name == "error" ? name : data["type"]?.string ?? name {
        case "message_start":
            start(data["message"], into: &events)
        case "content_block_start":
            start(nil, into: &events)
            startBlock(data["index"]?.integer ?? 0, data["content_block"], into: &events)
        case "content_block_delta":
            start(nil, into: &events)
            extend(data["index"]?.integer ?? 0, data["delta"], into: &events)
        case "content_block_stop":
            endBlock(data["index"]?.integer ?? 0, into: &events)
        case "message_delta":
            start(nil, into: &events)
            count(data["usage"], into: &events)
            stop(data["delta"], into: &events)
        case "message_stop":
            start(nil, into: &events)
            if !hasStopped { stop(["stop_reason": "end_turn"], into: &events) }
            isDone = true
            events.append(.ended)
        case "error":
            isDone = true
            events.append(.failed(AnthropicDialect.failure(of: data, status: 0)))
        default:
            // Pings, and events yet unknown.
            break
        }
    }

    /// Begins the answer, also where a server forgot to.
    private mutating func start(_ message: JSONValue?, into events: inout [StreamEvent]) {
        guard !hasStarted else { return }
        hasStarted = true
        // Told first, since some dialects begin an answer with what its prompt took.
        count(message?["usage"], into: &events)
        let start = AnswerStart(id: message?["id"]?.string ?? "", model: message?["model"]?.string ?? "")
        events.append(.started(start))
    }

    private mutating func count(_ usage: JSONValue?, into events: inout [StreamEvent]) {
        guard let object = usage?.object else { return }
        counts.update(with: object)
        if counts.isKnown { events.append(.usage(counts.usage)) }
    }

    private mutating func startBlock(_ index: Int, _ block: JSONValue?, into events: inout [StreamEvent]) {
        endBlock(index, into: &events)
        switch block?["type"]?.string {
        case "text":
            blocks[index] = .text
            append(block?["text"]?.string, into: &events) { .text(choice: 0, $0) }
        case "thinking":
            blocks[index] = .thinking(signature: block?["signature"]?.string ?? "")
            append(block?["thinking"]?.string, into: &events) { .reasoning(choice: 0, $0) }
        case "redacted_thinking":
            blocks[index] = .other
            guard let value = AnthropicSignature.value(of: block?["data"]?.string ?? "") else { return }
            events.append(.reasoningRedacted(choice: 0, value))
        case "tool_use":
            // Servers other than the vendor may give the whole input here.
            blocks[index] = .call(number: calls, input: ToolArguments.text(of: block?["input"]), hasArguments: false)
            let call = ToolCall(
                id: block?["id"]?.string ?? "",
                name: block?["name"]?.string ?? "",
                arguments: "",
                signature: block?.object.flatMap(AnthropicSignature.ofCall)
            )
            events.append(.callStarted(choice: 0, call: calls, call))
            calls += 1
        default:
            blocks[index] = .other
        }
    }

    private mutating func extend(_ index: Int, _ delta: JSONValue?, into events: inout [StreamEvent]) {
        switch (delta?["type"]?.string, blocks[index]) {
        case ("text_delta", .text), ("text_delta", nil):
            append(delta?["text"]?.string, into: &events) { .text(choice: 0, $0) }
        case ("thinking_delta", .thinking), ("thinking_delta", nil):
            append(delta?["thinking"]?.string, into: &events) { .reasoning(choice: 0, $0) }
        case ("signature_delta", .thinking):
            blocks[index] = .thinking(signature: delta?["signature"]?.string ?? "")
        case ("input_json_delta", .call(let number, let input, _)):
            guard let piece = delta?["partial_json"]?.string, !piece.isEmpty else { return }
            blocks[index] = .call(number: number, input: input, hasArguments: true)
            events.append(.callArguments(choice: 0, call: number, piece))
        default:
            break
        }
    }

    private func append(_ text: String?, into events: inout [StreamEvent], as event: (String) -> StreamEvent) {
        if let text, !text.isEmpty { events.append(event(text)) }
    }

    private mutating func endBlock(_ index: Int, into events: inout [StreamEvent]) {
        switch blocks.removeValue(forKey: index) {
        case .thinking(let signature):
            guard let value = AnthropicSignature.value(of: signature) else { return }
            events.append(.reasoningSigned(choice: 0, value))
        case .call(let number, let input, let hasArguments):
            // A call without arguments may come without any JSON.
            if !hasArguments { events.append(.callArguments(choice: 0, call: number, input)) }
        case .text, .other, nil:
            break
        }
    }

    private mutating func stop(_ delta: JSONValue?, into events: inout [StreamEvent]) {
        guard !hasStopped, let delta, let reason = AnthropicStop.reason(of: delta) else { return }
        hasStopped = true
        for index in blocks.keys.sorted() { endBlock(index, into: &events) }
        if let explanation = AnthropicStop.explanation(of: delta) {
            events.append(.refusal(choice: 0, explanation))
        }
        events.append(.stopped(choice: 0, reason))
    }
}
