import HTTPSemantics
import LLMTranslation

/// What a request says of its own size, as it is written: passed on untouched, some servers read what others do not.
extension ConversationTask {
    /// Limit and number of answers of a request that holds texts only, read without reading the texts; `nil` where there may
    /// be more in it, or anything about the limits is unusual.
    var plainLimits: (output: Int?, answers: Int)? {
        guard format == .openAIChat || format == .anthropicMessages || format == .mistralChat, decoded == nil else {
            return nil
        }
        if Self.mayHoldMedia(body) { return nil }
        var output: Int?
        for name in Self.limitNames {
            guard let member = outline.member(name, in: body) else { continue }
            guard let limit = Self.count(body[member.value]), limit > 0 else { return nil }
            output = max(output ?? 0, limit)
        }
        var answers = 1
        for name in ["n", "best_of"] as [StaticString] {
            guard let member = outline.member(name, in: body) else { continue }
            guard let count = Self.count(body[member.value]), count > 0 else { return nil }
            answers = max(answers, count)
        }
        return (output, answers)
    }

    private static let limitNames: [StaticString] = [
        "max_tokens", "max_completion_tokens", "max_output_tokens", "n_predict",
    ]
    /// What stands behind a quotation mark in every request that holds a picture, document, sound, film or file, or has the
    /// vendor itself fetch something.
    private static let signsOfMedia: [StaticString] = [
        "image", "input_", "file", "document", "audio", "video", "source\"", "web_", "code_", "mcp", "container",
        "tool_search", "connector", "search", "plugins", "data_sources", "enable_search", "thread\"",
    ]

    /// Whether the body may hold one of those, or has a name written with escapes; one pass.
    private static func mayHoldMedia(_ body: [UInt8]) -> Bool {
        let bytes = body.span
        var index = 0
        while true {
            index = PlainRun.end(bytes, from: index)
            guard index < bytes.count - 1 else { return false }
            let (byte, next) = (bytes[index], bytes[index + 1])
            index += 1
            if byte == 0x5C, next == UInt8(ascii: "u") { return true }
            guard byte == 0x22, firstLetters & bit(next) != 0 else { continue }
            if begins(bytes, index, with: signOfType) {
                if !isKnownType(bytes, behind: index + 5) { return true }
                continue
            }
            for sign in signsOfMedia where begins(bytes, index, with: sign) { return true }
        }
    }

    /// Types that nothing is fetched for: of parts, tools and schemas.
    private static let knownTypes: [StaticString] = [
        "text\"", "function\"", "object\"", "string\"", "integer\"", "number\"", "boolean\"", "array\"", "null\"",
        "json_schema\"", "json_object\"", "tool_use\"", "tool_result\"", "thinking\"", "redacted_thinking\"",
        "ephemeral\"",
        "auto\"", "any\"", "none\"", "tool\"", "custom\"", "enabled\"", "disabled\"", "adaptive\"", "refusal\"",
    ]

    /// Whether what follows the name `type` is one of those, or no text at all: a schema may have a property of that name.
    private static func isKnownType(_ bytes: Span<UInt8>, behind start: Int) -> Bool {
        var index = start
        while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == 0x3A { index += 1 }
        guard index < bytes.count, bytes[index] == 0x22 else { return true }
        return knownTypes.contains { begins(bytes, index + 1, with: $0) }
    }

    private static func begins(_ bytes: Span<UInt8>, _ index: Int, with sign: StaticString) -> Bool {
        let count = sign.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where unsafe bytes[index + offset] != sign.utf8Start[offset] { return false }
        return true
    }

    /// Stands before what a part or tool is.
    private static let signOfType: StaticString = "type\""

    /// The first letters of all signs, a bit each.
    private static let firstLetters = (signsOfMedia + [signOfType]).reduce(0) { unsafe $0 | bit($1.utf8Start[0]) }

    private static func bit(_ letter: UInt8) -> UInt32 {
        letter >= 0x61 && letter <= 0x7A ? 1 << UInt32(letter - 0x61) : 0
    }

    /// Plain digits as a number, if there are not too many.
    private static func count(_ text: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(text.count), text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// How much output it asks for.
    ///
    /// - Throws: ``MalformedRequest`` that names a number which is none.
    func writtenSize() throws(MalformedRequest) -> WrittenSize { try WrittenSize(format, outline, body) }

    /// Whether the vendor is to answer at once and to go on with the work behind that.
    var isInBackground: Bool { format == .openAIResponses && ServiceTier.isInBackground(outline, body) }
}
