extension Part {
    /// Whether it is text.
    var isText: Bool {
        guard case .text = self else { return false }
        return true
    }

    /// Whether it is a call.
    var isCall: Bool {
        guard case .toolCall = self else { return false }
        return true
    }

    /// Whether it is what came of a call.
    var isToolResult: Bool {
        guard case .toolResult = self else { return false }
        return true
    }
}
