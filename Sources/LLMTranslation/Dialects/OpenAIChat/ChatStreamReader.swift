import HTTPSemantics

/// Reads the event streams of OpenAI's chat, its legacy completions and Mistral: chunks as data, then `[DONE]`.
package struct ChatStreamReader: AnswerStreamReader {
    private static let cut = "The provider ended its answer before it was complete."

    private let vendor: Vendor
    private var events = EventStreamReader()
    private var isOver = false
    private var hasStarted = false
    private var usage: Usage?
    private var choices: [Int: ChatStreamChoice] = [:]
    private var lost = LossList()

    /// Citations, pictures and sound.
    package var losses: [Loss] { lost.losses }

    /// A reader at the beginning of an answer in `vendor`'s dialect.
    package init(_ vendor: Vendor) { self.vendor = vendor }

    /// Takes more bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, into output: inout [StreamEvent]) {
        guard !isOver else { return }
        var complete: [EventStreamReader.Event] = []
        events.feed(bytes) { complete.append($0) }
        for event in complete where !isOver { take(event, into: &output) }
        if events.isTooLong, !isOver { fail("The provider sent an event that is too long.", into: &output) }
    }

    /// The bytes have ended; without `[DONE]` they were cut, unless every choice has said why it ended.
    package mutating func finish(into output: inout [StreamEvent]) {
        guard !isOver else { return }
        guard !choices.isEmpty, choices.values.allSatisfy(\.isStopped) else { return fail(Self.cut, into: &output) }
        end(into: &output)
    }

    private mutating func fail(_ message: String, into output: inout [StreamEvent]) {
        isOver = true
        output.append(.failed(ModelFailure(.server, message)))
    }

    private mutating func take(_ event: EventStreamReader.Event, into output: inout [StreamEvent]) {
        guard event.data.contains(where: { $0 > 0x20 }) else { return }
        if event.data.count < 16, event.data.filter({ $0 > 0x20 }).elementsEqual("[DONE]".utf8) {
            return end(into: &output)
        }
        guard let value = try? JSONParser.parse(answer: event.data) else {
            return fail("The provider sent something within its answer that is not JSON.", into: &output)
        }
        guard let chunk = value.object else { return }
        if let failure = ChatFailure.inBand(chunk) {
            isOver = true
            return output.append(.failed(failure))
        }
        take(chunk, into: &output)
    }

    private mutating func take(_ chunk: JSONObject, into output: inout [StreamEvent]) {
        let pieces = chunk["choices"]?.array ?? []
        let counts = ChatUsage.read(chunk["usage"]) ?? ChatUsage.read(chunk["x_groq"]?["usage"])
        let id = chunk["id"]?.string ?? ""
        // Azure begins with a chunk that says nothing but what its filters found.
        if !hasStarted, !pieces.isEmpty || !id.isEmpty || counts != nil {
            hasStarted = true
            // Told first, since some dialects begin an answer with what its prompt took.
            count(counts, into: &output)
            let created = max(0, chunk["created"]?.integer ?? 0)
            output.append(.started(AnswerStart(id: id, model: chunk["model"]?.string ?? "", created: created)))
        }
        for piece in pieces.compactMap(\.object) {
            let number = max(0, piece["index"]?.integer ?? 0)
            // Taken out, so that what is changed is not copied first.
            var choice = choices.removeValue(forKey: number) ?? ChatStreamChoice(number: number, vendor: vendor)
            choice.take(piece, &lost, into: &output)
            choices[number] = choice
        }
        count(counts, into: &output)
    }

    private mutating func count(_ counts: Usage?, into output: inout [StreamEvent]) {
        guard let counts, counts != usage else { return }
        usage = counts
        output.append(.usage(counts))
    }

    private mutating func end(into output: inout [StreamEvent]) {
        guard hasStarted else { return fail(Self.cut, into: &output) }
        if choices.isEmpty { choices[0] = ChatStreamChoice(number: 0, vendor: vendor) }
        for number in choices.keys.sorted() { choices[number]?.stop("", into: &output) }
        isOver = true
        output.append(.ended)
    }
}
