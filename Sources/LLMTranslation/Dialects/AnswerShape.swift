/// What the gateway makes of an answer itself, where its vendor cannot be asked for it: a form, a call that must be made, one
/// call and no more.
package struct AnswerShape: Sendable, Equatable {
    /// The tool that stands for the form of the answer.
    package private(set) var tool: AnswerTool?
    /// The form that stands for a call.
    private(set) var forced: ForcedCall?
    /// Whether only the first call is passed on.
    private(set) var isSingle = false

    /// The answer as the vendor gives it.
    package init() {}

    /// Puts what stands for a wish in its place, where `conversation` has wishes that models of `vendor` cannot be told.
    package init(
        of conversation: inout Conversation,
        for vendor: Vendor,
        _ profile: ProviderProfile,
        losses: inout [Loss]
    ) {
        tool = AnswerTool(in: &conversation, for: vendor, profile, losses: &losses)
        forced = ForcedCall(in: &conversation, for: vendor)
        guard conversation.allowsParallelCalls == false, vendor == .gemini || vendor == .ollama else { return }
        conversation.allowsParallelCalls = nil
        isSingle = !conversation.tools.isEmpty
    }

    /// A whole answer in this shape.
    package func completion(_ completion: Completion) -> Completion {
        var completion = tool?.answer(in: completion) ?? completion
        completion = forced?.answer(in: completion) ?? completion
        return isSingle ? Self.single(completion) : completion
    }

    /// A reader of an answer in pieces, in this shape.
    package func reader(_ reader: any AnswerStreamReader) -> any AnswerStreamReader {
        var reader = tool.map { AnswerToolReader(reader, $0) } ?? reader
        if let forced { reader = ForcedCallReader(reader, forced) }
        return isSingle ? SingleCallReader(reader) : reader
    }

    /// What is lost where a model makes more calls than one.
    static let further = Loss("answer.tool_calls", "are left out behind the first, since one at a time was asked for")

    private static func single(_ completion: Completion) -> Completion {
        var completion = completion
        for index in completion.choices.indices {
            let parts = completion.choices[index].parts
            guard let first = parts.firstIndex(where: \.isCall) else { continue }
            let kept = parts.indices.filter { $0 <= first || !parts[$0].isCall }.map { parts[$0] }
            if kept.count < parts.count, !completion.losses.contains(further) { completion.losses.append(further) }
            completion.choices[index].parts = kept
        }
        return completion
    }
}
