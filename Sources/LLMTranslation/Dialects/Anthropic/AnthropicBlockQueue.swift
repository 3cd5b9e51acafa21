import HTTPSemantics

/// The blocks of a message in pieces: one is open at a time, those behind it wait until it is whole.
///
/// The dialect ends each block before the next, but other providers may send pieces of several calls by turns. What
/// belongs to the open block goes out at once; a call whose arguments are not whole yet keeps all that comes behind it
/// waiting, so that no piece comes too late for its block.
struct AnthropicBlockQueue {
    /// What a block holds.
    enum Kind {
        case text
        case thinking
        /// Encrypted thinking, whole.
        case redacted(String)
        /// A call, by its number.
        case call(ToolCall)
    }

    /// A block that is open or waits.
    private struct Block {
        var kind: Kind
        /// What came while it waited.
        var content = ""
        var signature: String?
        var scan = ArgumentScan()

        init(_ kind: Kind, content: String = "", signature: String? = nil) {
            self.kind = kind
            self.content = content
            self.signature = signature
        }
    }

    private var blocks: [Block] = []
    /// The open block; all before it are done, all behind it wait.
    private var head = 0
    private var isOpen = false
    private var positions: [Int: Int] = [:]
    /// What comes before and behind each piece of the open block.
    private var prefix: [UInt8] = []
    private static let suffix = Array("}}\n\n".utf8)

    /// No blocks yet.
    init() {}

    /// Whether any call was added.
    var hasCalls: Bool { !positions.isEmpty }

    /// More text.
    mutating func append(text piece: String, into output: inout [UInt8]) {
        guard !piece.isEmpty else { return }
        if let last = blocks.indices.last, last >= head, case .text = blocks[last].kind {
            extend(last, by: piece, into: &output)
        } else {
            push(Block(.text, content: piece), into: &output)
        }
    }

    /// More thinking.
    mutating func append(thinking piece: String, into output: inout [UInt8]) {
        guard !piece.isEmpty else { return }
        if let last = unsignedThinking {
            extend(last, by: piece, into: &output)
        } else {
            push(Block(.thinking, content: piece), into: &output)
        }
    }

    /// The thinking so far is whole; without any, an empty block carries the signature.
    mutating func sign(_ signature: String, into output: inout [UInt8]) {
        if let last = unsignedThinking {
            blocks[last].signature = signature
            if last == head { appendSignature(signature, into: &output) }
        } else {
            push(Block(.thinking, signature: signature), into: &output)
        }
    }

    /// Encrypted thinking.
    mutating func append(redacted data: String, into output: inout [UInt8]) {
        push(Block(.redacted(data)), into: &output)
    }

    /// A call begins, perhaps with a first piece of its arguments.
    mutating func append(_ call: ToolCall, number: Int, into output: inout [UInt8]) {
        guard positions[number] == nil else { return append(arguments: call.arguments, of: number, into: &output) }
        positions[number] = blocks.count
        push(Block(.call(call)), into: &output)
        append(arguments: call.arguments, of: number, into: &output)
    }

    /// More of a call's arguments.
    mutating func append(arguments piece: String, of number: Int, into output: inout [UInt8]) {
        guard !piece.isEmpty, let position = positions[number], position >= head else { return }
        blocks[position].scan.take(piece)
        extend(position, by: piece, into: &output)
        advance(into: &output)
    }

    /// Nothing more comes: writes all that waits and ends every block.
    mutating func drain(into output: inout [UInt8]) {
        while head < blocks.count {
            if !isOpen { open(into: &output) }
            close(into: &output)
        }
    }

    private var unsignedThinking: Int? {
        guard let last = blocks.indices.last, last >= head, case .thinking = blocks[last].kind,
            blocks[last].signature == nil
        else { return nil }
        return last
    }

    private mutating func push(_ block: Block, into output: inout [UInt8]) {
        blocks.append(block)
        advance(into: &output)
    }

    private mutating func extend(_ position: Int, by piece: String, into output: inout [UInt8]) {
        if position == head, isOpen {
            appendDelta(piece, into: &output)
        } else {
            blocks[position].content += piece
        }
    }

    /// Ends whole blocks that others wait behind, and opens the next.
    private mutating func advance(into output: inout [UInt8]) {
        while head < blocks.count {
            if !isOpen { open(into: &output) }
            guard head + 1 < blocks.count, isWhole(blocks[head]) else { return }
            close(into: &output)
        }
    }

    private func isWhole(_ block: Block) -> Bool {
        if case .call = block.kind { block.scan.isComplete } else { true }
    }
}

/// What the blocks become.
extension AnthropicBlockQueue {
    private mutating func open(into output: inout [UInt8]) {
        var start = JSONObject()
        let delta: String
        switch blocks[head].kind {
        case .text:
            start = JSONObject([("type", "text"), ("text", "")])
            delta = #"{"type":"text_delta","text":"#
        case .thinking:
            start = JSONObject([("type", "thinking"), ("thinking", ""), ("signature", "")])
            delta = #"{"type":"thinking_delta","thinking":"#
        case .redacted(let data):
            start = JSONObject([("type", "redacted_thinking"), ("data", .string(data))])
            delta = ""
        case .call(let call):
            start = JSONObject([
                ("type", "tool_use"), ("id", .string(call.id)), ("name", .string(call.name)),
                ("input", .object(JSONObject())),
            ])
            AnthropicSignature.put(call.signature, onCall: &start)
            delta = #"{"type":"input_json_delta","partial_json":"#
        }
        let event = JSONObject([
            ("type", "content_block_start"), ("index", .number(JSONNumber(head))), ("content_block", .object(start)),
        ])
        StreamText.appendEvent(named: "content_block_start", event, to: &output)
        prefix = deltaPrefix + Array(delta.utf8)
        isOpen = true
        let waited = blocks[head].content
        blocks[head].content = ""
        if !waited.isEmpty { appendDelta(waited, into: &output) }
        if let signature = blocks[head].signature { appendSignature(signature, into: &output) }
    }

    private var deltaPrefix: [UInt8] {
        Array("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":\(head),\"delta\":".utf8)
    }

    private mutating func close(into output: inout [UInt8]) {
        let event = JSONObject([("type", "content_block_stop"), ("index", .number(JSONNumber(head)))])
        StreamText.appendEvent(named: "content_block_stop", event, to: &output)
        isOpen = false
        head += 1
    }

    private func appendDelta(_ piece: String, into output: inout [UInt8]) {
        output += prefix
        JSONWriter.appendString(piece, to: &output)
        output += Self.suffix
    }

    private func appendSignature(_ signature: String, into output: inout [UInt8]) {
        output += deltaPrefix
        output += Array(#"{"type":"signature_delta","signature":"#.utf8)
        JSONWriter.appendString(signature, to: &output)
        output += Self.suffix
    }
}
