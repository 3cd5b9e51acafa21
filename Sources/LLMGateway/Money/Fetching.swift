import HTTPSemantics
import LLMTranslation

/// Whether a provider may read more than the request holds, because something in it only refers to it.
enum Fetching {
    /// Whether the request of a conversation may make its own vendor do so; `losses` are what other vendors cannot be told.
    static func mayHappen(in conversation: Conversation, _ losses: [Loss]) -> Bool {
        losses.contains { isPart($0.field) } || conversation.tools.contains(where: fetches)
    }

    /// Parts that no other vendor has, such as films, and what the vendor keeps for the caller.
    private static func isPart(_ field: String) -> Bool {
        ["parts[", "content[", "input["].contains(where: field.contains)
            || wholes.contains(field)
    }

    /// Members of requests by which some server reads more than it is sent.
    private static let wholes: Set<String> = [
        "cachedContent", "cached_content", "container", "web_search_options", "mcp_servers", "search_parameters",
        "plugins",
        "data_sources", "documents", "enable_search",
    ]

    /// Tools that the vendor runs itself; what others of its own do comes with the next request.
    private static func fetches(_ tool: Tool) -> Bool {
        guard case .native(let vendor, let object) = tool else { return false }
        guard vendor == .anthropic, let type = object["type"]?.string else { return true }
        return !["computer", "bash", "text_editor", "memory", "custom"].contains(where: type.hasPrefix)
    }
}
