/// Why answers end, in Google's words.
enum GeminiStop {
    private static let withheld: Set = [
        "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
        "IMAGE_RECITATION", "IMAGE_OTHER",
    ]
    private static let failed: Set = [
        "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "LANGUAGE", "NO_IMAGE", "OTHER",
    ]
    /// A call whose arguments make no sense.
    static let malformedCall = "MALFORMED_FUNCTION_CALL"

    /// What a `finishReason` means; calls end with `STOP` too.
    static func reason(_ word: String?, hasCalls: Bool) -> StopReason {
        switch word {
        case nil, "STOP", "FINISH_REASON_UNSPECIFIED": hasCalls ? .tool : .natural
        case "MAX_TOKENS", "CONTINUATION": .length
        case .some(let word) where withheld.contains(word): .filtered(word)
        case .some(let word): .modelError(word)
        }
    }

    /// The `finishReason` for a reason.
    static func word(for reason: StopReason) -> String {
        switch reason {
        case .natural, .stopText, .tool, .paused: "STOP"
        case .length, .contextFull: "MAX_TOKENS"
        case .filtered(let category): category.flatMap { withheld.contains($0) ? $0 : nil } ?? "SAFETY"
        case .modelError(let word): word.flatMap { failed.contains($0) ? $0 : nil } ?? "OTHER"
        }
    }
}
