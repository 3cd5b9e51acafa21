import HTTPSemantics

/// Reads the blocks of messages in Anthropic's dialect.
struct AnthropicBlockReader {
    /// What a conversation cannot hold.
    var losses: [Loss] = []
    /// The names of the tools called so far, by the calls' identifiers.
    let callNames: [String: String]

    /// A reader that knows the calls made so far.
    init(callNames: [String: String] = [:]) {
        self.callNames = callNames
    }

    /// The parts that a block becomes: one, or several for a document made of blocks, or none for what is lost.
    mutating func parts(of block: RequestReader) throws(MalformedRequest) -> [Part] {
        let type = try block.requiredString("type")
        switch type {
        case "text": return [.text(try text(block))]
        case "image":
            note(block, besides: ["source"])
            return [.image(try image(block))]
        case "document": return try document(block)
        case "search_result": return try searchResult(block)
        case "thinking":
            note(block, besides: ["thinking", "signature"])
            let signature = try block.string("signature") ?? ""
            let words = try block.requiredString("thinking")
            return [.reasoning(Reasoning(words, signature: AnthropicSignature.value(of: signature)))]
        case "redacted_thinking":
            note(block, besides: ["data"])
            let data = try block.requiredString("data")
            return [.reasoning(Reasoning("", redacted: AnthropicSignature.value(of: data)))]
        case "compaction": return try compaction(block)
        case "tool_use": return [.toolCall(try call(block))]
        case "tool_result": return [.toolResult(try result(block))]
        default:
            losses.append(Loss(block.path + Self.plainName(type), "belongs to tools that Anthropic runs itself"))
            return []
        }
    }

    private mutating func text(_ block: RequestReader) throws(MalformedRequest) -> TextPart {
        note(block, besides: ["text", "citations"])
        if let citations = try block.list("citations"), !citations.isEmpty {
            losses.append(Loss("\(block.path)citations", "has no counterpart elsewhere"))
        }
        return TextPart(try block.requiredString("text"), cacheMark: try AnthropicCacheMarks.mark(of: block))
    }

    /// What stands for the conversation up to here; one that holds neither text nor cipher failed and says nothing.
    private mutating func compaction(_ block: RequestReader) throws(MalformedRequest) -> [Part] {
        note(block, besides: ["content", "encrypted_content"])
        if let text = try block.string("content") {
            return [.text(TextPart(text, cacheMark: try AnthropicCacheMarks.mark(of: block)))]
        }
        guard block.value("encrypted_content") == nil else {
            throw block.fault(
                "encrypted_content",
                "can be read by Anthropic only; send the conversation itself, or a compaction with its content"
            )
        }
        return []
    }

    private mutating func call(_ block: RequestReader) throws(MalformedRequest) -> ToolCall {
        note(block, besides: ["id", "name", "input", "caller", "extra_content"])
        if let caller = try block.section("caller"), caller.value("type")?.string != "direct" {
            losses.append(Loss("\(block.path)caller", "belongs to tools that Anthropic runs itself"))
        }
        guard let input = try block.section("input") else { throw block.missing("input") }
        return ToolCall(
            id: try block.requiredString("id"),
            name: try block.requiredString("name"),
            arguments: ToolArguments.text(of: .object(input.object)),
            signature: AnthropicSignature.ofCall(block.object),
            cacheMark: try AnthropicCacheMarks.mark(of: block)
        )
    }

    private mutating func result(_ block: RequestReader) throws(MalformedRequest) -> ToolResult {
        note(block, besides: ["tool_use_id", "content", "is_error"])
        let identifier = try block.requiredString("tool_use_id")
        var content: [Part] = []
        if let text = block.value("content")?.string {
            content = [.text(TextPart(text))]
        } else {
            for inner in try block.sections("content") ?? [] {
                guard let type = inner.value("type")?.string, type != "tool_result", type != "tool_use" else {
                    throw inner.fault("type", "must be text, image, document or search_result")
                }
                content += try parts(of: inner)
            }
        }
        return ToolResult(
            callID: identifier,
            name: callNames[identifier],
            content: content,
            isError: try block.bool("is_error") ?? false,
            cacheMark: try AnthropicCacheMarks.mark(of: block)
        )
    }

    /// Names the members of `block` that nobody else knows.
    mutating func note(_ block: RequestReader, besides known: Set<String>) {
        let all = known.union(["type", "cache_control"])
        block.noteUnknown(besides: all, "is known to Anthropic only", losses: &losses)
    }

    /// A block's type as part of a field's name; what is no plain name might not be fit for that.
    private static func plainName(_ type: String) -> String {
        let isPlain =
            type.utf8.count <= 64 && type.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x5F }
        return isPlain && !type.isEmpty ? type : "type"
    }
}
