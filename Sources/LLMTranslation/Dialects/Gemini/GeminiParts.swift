/// Puts the parts of a model's content together: text and thinking come in pieces of any size.
///
/// A signature of a part that is neither thinking nor a call becomes thinking without text behind that part, and goes
/// back onto it.
enum GeminiParts {
    /// Appends a piece of text.
    static func append(text: String, signature: String?, to parts: inout [Part]) {
        if case .text(var last) = parts.last, last.cacheMark == nil, !text.isEmpty {
            // Taken out first, so that a long text that comes in many pieces is not copied for each.
            parts.removeLast()
            last.text += text
            parts.append(.text(last))
        } else if !text.isEmpty {
            parts.append(.text(TextPart(text)))
        }
        append(signature: signature, to: &parts)
    }

    /// Appends a piece of thinking.
    static func append(thought: String, signature: String?, to parts: inout [Part]) {
        let signature = signature.flatMap { $0.isEmpty ? nil : GeminiSignature(wire: $0) }
        let reasoning = signature?.reasoning(thought) ?? Reasoning(thought)
        if case .reasoning(var last) = parts.last, last.signature == nil, last.redacted == nil,
            reasoning.redacted == nil
        {
            parts.removeLast()
            last.text += reasoning.text
            last.signature = reasoning.signature
            last.id = reasoning.id
            parts.append(.reasoning(last))
        } else if !thought.isEmpty || signature != nil {
            parts.append(.reasoning(reasoning))
        }
    }

    /// Appends the signature of the part that was appended last.
    static func append(signature: String?, to parts: inout [Part]) {
        guard let signature, !signature.isEmpty else { return }
        parts.append(.reasoning(GeminiSignature(wire: signature).reasoning("")))
    }
}
