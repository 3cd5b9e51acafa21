import HTTPSemantics

/// The items of an answer that is being written in pieces, and the events that tell of them.
///
/// Items are completed in order: a call whose arguments are not whole yet, since some providers send those of several
/// calls by turns, keeps the items behind it from being completed, not from being told.
struct ResponsesStreamItems {
    /// All items so far, each at its `output_index`.
    private(set) var items: [ResponsesOutputItem] = []
    /// Makes the items' identifiers unique.
    var seed = ""
    private var sequence = 0
    /// The items before it are complete.
    private var completed = 0
    /// The message or thinking that is still growing, and how its pieces are written.
    private var open: (index: Int, delta: ResponsesDelta)?
    /// The calls by their numbers, and how their pieces are written.
    private var calls: [Int: (index: Int, delta: ResponsesDelta)] = [:]
    /// Whether the calls at these places are whole.
    private var scans: [Int: ArgumentScan] = [:]

    /// Adds to a message.
    mutating func say(_ text: String, isRefusal: Bool, _ output: inout [UInt8]) {
        let opened = openContent(isRefusal: isRefusal, &output)
        items[opened.index].contents[opened.content].text += text
        opened.delta.append(text, sequence: nextNumber(), to: &output)
    }

    /// Adds to thinking.
    mutating func think(_ text: String, _ output: inout [UInt8]) {
        if let open, items[open.index].kind == .reasoning {
            items[open.index].summary[0] += text
            open.delta.append(text, sequence: nextNumber(), to: &output)
            return
        }
        closeOpen(&output)
        let index = add(.reasoning, "rs", &output) { _ in }
        items[index].summary = [text]
        let place = place(index, ("summary_index", 0))
        appendEvent(
            "response.reasoning_summary_part.added",
            place + [("part", ResponsesOutputItem.summary(""))],
            to: &output
        )
        let delta = ResponsesDelta(
            "response.reasoning_summary_text.delta",
            item: items[index].id,
            output: index,
            part: ("summary_index", 0)
        )
        open = (index, delta)
        delta.append(text, sequence: nextNumber(), to: &output)
    }

    /// Completes thinking with what is sealed in it; what came sealed as a whole becomes an item of its own.
    mutating func seal(_ envelope: ResponsesEnvelope, _ output: inout [UInt8]) {
        if case .signature = envelope, let open, items[open.index].kind == .reasoning {
            items[open.index].encrypted = envelope.content(in: items[open.index].id)
            return closeOpen(&output)
        }
        closeOpen(&output)
        let id = ResponsesOutput.identifier("rs", seed: seed, items.count)
        _ = add(.reasoning, "rs", &output) { $0.encrypted = envelope.content(in: id) }
        completeInOrder(&output)
    }

    /// Begins a call; its signature goes before it, as an item that clients send back as it is.
    mutating func start(_ call: ToolCall, _ number: Int, _ output: inout [UInt8]) {
        guard calls[number] == nil else { return append(call.arguments, toCall: number, &output) }
        closeOpen(&output)
        if let signature = call.signature { seal(.call(signature), &output) }
        let made = ResponsesOutput.identifier("call", seed: seed, items.count)
        let index = add(.call, "fc", &output) { item in
            item.call = call
            if call.id.isEmpty { item.call.id = made }
        }
        let type = "response.function_call_arguments.delta"
        calls[number] = (index, ResponsesDelta(type, item: items[index].id, output: index))
        scans[index] = ArgumentScan()
        append(call.arguments, toCall: number, &output)
    }

    /// Adds to the arguments of a call.
    mutating func append(_ piece: String, toCall number: Int, _ output: inout [UInt8]) {
        guard !piece.isEmpty, let call = calls[number], call.index >= completed else { return }
        items[call.index].arguments += piece
        scans[call.index]?.take(piece)
        call.delta.append(piece, sequence: nextNumber(), to: &output)
        // The last item may get more; one with others behind it is told to be complete as soon as it is.
        if call.index + 1 < items.count { completeInOrder(&output) }
    }

    /// Completes all that is open, in order.
    mutating func closeAll(isCut: Bool, _ output: inout [UInt8]) {
        let last = items.indices.last
        for index in completed..<items.count {
            finish(index, isCut && index == last ? "incomplete" : "completed", &output)
        }
        open = nil
    }

    /// Marks what is open as cut short, for an answer that failed.
    mutating func cut() {
        for index in items.indices where items[index].status == "in_progress" { items[index].status = "incomplete" }
    }

    /// Appends an event with the next number.
    mutating func appendEvent(_ type: String, _ members: [(String, JSONValue)], to output: inout [UInt8]) {
        let number = JSONValue.number(JSONNumber(nextNumber()))
        let data = JSONObject([("type", .string(type)), ("sequence_number", number)] + members)
        StreamText.appendEvent(named: type, data, to: &output)
    }
}

extension ResponsesStreamItems {
    private mutating func nextNumber() -> Int {
        defer { sequence &+= 1 }
        return sequence
    }

    private func place(_ index: Int, _ part: (String, Int)? = nil) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("item_id", .string(items[index].id)), ("output_index", .number(JSONNumber(index))),
        ]
        if let part { members.append((part.0, .number(JSONNumber(part.1)))) }
        return members
    }

    private mutating func add(
        _ kind: ResponsesOutputItem.Kind,
        _ prefix: String,
        _ output: inout [UInt8],
        _ fill: (inout ResponsesOutputItem) -> Void
    ) -> Int {
        completeInOrder(&output)
        let index = items.count
        var item = ResponsesOutputItem(kind, id: ResponsesOutput.identifier(prefix, seed: seed, index))
        fill(&item)
        items.append(item)
        let members: [(String, JSONValue)] = [
            ("output_index", .number(JSONNumber(index))), ("item", .object(item.object)),
        ]
        appendEvent("response.output_item.added", members, to: &output)
        return index
    }

    /// The text or refusal that is open, else a new one.
    private mutating func openContent(
        isRefusal: Bool,
        _ output: inout [UInt8]
    ) -> (index: Int, content: Int, delta: ResponsesDelta) {
        if let open, items[open.index].kind == .message {
            let last = items[open.index].contents.count - 1
            if items[open.index].contents[last].isRefusal == isRefusal { return (open.index, last, open.delta) }
            finishContent(open.index, &output)
        } else {
            closeOpen(&output)
        }
        let index = open?.index ?? add(.message, "msg", &output) { _ in }
        let content = ResponsesOutputItem.Content(isRefusal: isRefusal, text: "")
        let number = items[index].contents.count
        items[index].contents.append(content)
        let members = place(index, ("content_index", number)) + [("part", .object(content.object))]
        appendEvent("response.content_part.added", members, to: &output)
        let delta = ResponsesDelta(
            isRefusal ? "response.refusal.delta" : "response.output_text.delta",
            item: items[index].id,
            output: index,
            part: ("content_index", number),
            tail: isRefusal ? "" : ",\"logprobs\":[]"
        )
        open = (index, delta)
        return (index, number, delta)
    }

    private mutating func closeOpen(_ output: inout [UInt8]) {
        guard open != nil else { return }
        open = nil
        completeInOrder(&output)
    }

    /// Completes the items that get no more, up to the first that may.
    private mutating func completeInOrder(_ output: inout [UInt8]) {
        while completed < items.count, completed != open?.index, scans[completed]?.isComplete != false {
            finish(completed, "completed", &output)
        }
    }

    private mutating func finish(_ index: Int, _ status: String, _ output: inout [UInt8]) {
        switch items[index].kind {
        case .message: finishContent(index, &output)
        case .reasoning: finishSummary(index, &output)
        case .call: finishArguments(index, &output)
        }
        items[index].status = status
        completed = index + 1
        let members: [(String, JSONValue)] = [
            ("output_index", .number(JSONNumber(index))), ("item", .object(items[index].object)),
        ]
        appendEvent("response.output_item.done", members, to: &output)
    }

    private mutating func finishContent(_ index: Int, _ output: inout [UInt8]) {
        guard let content = items[index].contents.last else { return }
        let place = place(index, ("content_index", items[index].contents.count - 1))
        if content.isRefusal {
            appendEvent("response.refusal.done", place + [("refusal", .string(content.text))], to: &output)
        } else {
            let members: [(String, JSONValue)] = [("text", .string(content.text)), ("logprobs", [])]
            appendEvent("response.output_text.done", place + members, to: &output)
        }
        appendEvent("response.content_part.done", place + [("part", .object(content.object))], to: &output)
    }

    private mutating func finishSummary(_ index: Int, _ output: inout [UInt8]) {
        if items[index].encrypted == nil { items[index].encrypted = ResponsesReasoningItem.unsealed }
        guard let text = items[index].summary.first else { return }
        let place = place(index, ("summary_index", 0))
        appendEvent("response.reasoning_summary_text.done", place + [("text", .string(text))], to: &output)
        let part = ResponsesOutputItem.summary(text)
        appendEvent("response.reasoning_summary_part.done", place + [("part", part)], to: &output)
    }

    private mutating func finishArguments(_ index: Int, _ output: inout [UInt8]) {
        if items[index].arguments.isEmpty {
            items[index].arguments = "{}"
            let type = "response.function_call_arguments.delta"
            ResponsesDelta(type, item: items[index].id, output: index)
                .append("{}", sequence: nextNumber(), to: &output)
        }
        let members: [(String, JSONValue)] = [
            ("name", .string(items[index].call.name)), ("arguments", .string(items[index].arguments)),
        ]
        appendEvent("response.function_call_arguments.done", place(index) + members, to: &output)
    }
}
