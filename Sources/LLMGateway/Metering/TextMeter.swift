import HTTPSemantics

/// Counts what a model has written in a part of an event, whatever the members are called that hold it: estimates must not
/// depend on how well a server's dialect is known.
enum TextMeter {
    /// Members of which no token was written for this answer: marks, identifiers, what only its maker reads, what is said
    /// twice, media.
    private static let silent: [StaticString] = [
        "id", "type", "role", "object", "model", "finish_reason", "finishReason", "native_finish_reason",
        "stop_reason", "stop_sequence", "stop_details", "finishMessage", "logprobs", "logprobsResult", "signature",
        "thoughtSignature", "encrypted_content", "data", "b64_json", "inlineData", "images", "annotations", "citations",
        "groundingMetadata", "citationMetadata", "urlContextMetadata", "safetyRatings", "content_filter_results",
        "reasoning_details", "thinking_blocks", "provider_specific_fields", "token_ids", "item_id",
    ]

    /// Bytes of text in a part of `data`, which is JSON that was checked; escapes count as what they stand for.
    static func textBytes(in data: [UInt8], _ range: Range<Int>) -> Int {
        let bytes = data.span
        let end = min(range.upperBound, bytes.count)
        var position = range.lowerBound
        var count = 0
        while position < end {
            guard bytes[position] == 0x22 else {
                position += 1
                continue
            }
            let start = position + 1
            let text = PlainRun.endOfString(bytes, from: start)
            position = skipBlanks(bytes, from: text.end + 1)
            if position < end, bytes[position] == 0x3A {
                position = skipBlanks(bytes, from: position + 1)
                if isSilent(bytes, start..<text.end) { position = skipValue(bytes, from: position) }
            } else {
                count += text.end - start - (text.escapes > 0 ? surplus(bytes, start..<text.end) : 0)
            }
        }
        return count
    }

    /// Bytes by which a text with escapes is longer than what it stands for in UTF-8.
    private static func surplus(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var surplus = 0
        var position = range.lowerBound
        while position + 1 < range.upperBound {
            guard bytes[position] == 0x5C else {
                position += 1
                continue
            }
            guard bytes[position + 1] == UInt8(ascii: "u"), position + 5 < range.upperBound else {
                surplus += 1
                position += 2
                continue
            }
            surplus += 6 - length(bytes[position + 2], bytes[position + 3], bytes[position + 4])
            position += 6
        }
        return surplus
    }

    /// Bytes of the character, or of half of the pair, whose number in hexadecimal digits begins with these.
    private static func length(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        guard first == 0x30 else {
            let isHalf = first | 0x20 == UInt8(ascii: "d") && second >= UInt8(ascii: "8")
            return isHalf ? 2 : 3
        }
        if second >= UInt8(ascii: "8") { return 3 }
        return second == 0x30 && third < UInt8(ascii: "8") ? 1 : 2
    }

    private static func isSilent(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
        silent.contains { wanted in
            guard wanted.utf8CodeUnitCount == name.count else { return false }
            for offset in 0..<name.count
            where unsafe bytes[name.lowerBound + offset] != wanted.utf8Start[offset] { return false }
            return true
        }
    }

    private static func skipBlanks(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        return position
    }

    /// Where a value ends that begins at `start`.
    private static func skipValue(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case 0x22: position = PlainRun.endOfString(bytes, from: position + 1).end
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D:
                // The end of what the value stands in.
                if depth == 0 { return position }
                depth -= 1
            case 0x2C where depth == 0: return position
            default: break
            }
            position += 1
        }
        return position
    }
}
