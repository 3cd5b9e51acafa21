import HTTPSemantics

/// A form of the answer that stands for a call that must be made, for models that can be held to a form but not to a call:
/// the text of the answer is the call.
struct ForcedCall: Sendable, Equatable {
    /// The functions that may be called.
    let names: [String]

    /// What is lost where a model calls nothing all the same.
    static let missing = Loss("answer.tool_calls", "no tool was called, though one had to be")

    /// Puts the form in the place of a choice that `vendor` cannot be told; `nil` where none is needed, or none helps.
    init?(in conversation: inout Conversation, for vendor: Vendor) {
        // Of models that are to think, some then say nothing at all.
        guard vendor == .ollama, conversation.reasoning?.isWish != true else { return nil }
        var functions = conversation.tools.compactMap { tool in
            if case .function(let function) = tool { function } else { FunctionTool?.none }
        }
        switch conversation.toolChoice {
        case .any: break
        case .function(let name): functions.removeAll { $0.name != name }
        case nil, .automatic, ToolChoice.none?: return nil
        }
        guard !functions.isEmpty, let form = CallForm.form(of: functions) else { return nil }
        names = functions.map(\.name)
        conversation.toolChoice = nil
        // A form asked for besides is that of text, of which there is none beside the call.
        conversation.output = .schema(OutputSchema(name: "call", schema: .object(form)))
        if conversation.reasoning == nil {
            conversation.reasoning = ReasoningRequest(effort: ReasoningRequest.Effort.none)
        }
    }

    /// The call that `text` is; `nil` for one that is cut, or none.
    func call(of text: String) -> ToolCall? {
        guard let object = (try? JSONParser.parse(Array(text.utf8)))?.object, let name = object["name"]?.string,
            names.contains(name), let arguments = object["arguments"], arguments.object != nil
        else {
            return nil
        }
        // Nothing that Ollama says tells two equal answers of one second apart.
        let mark = String(UInt64.random(in: 0 ... .max), radix: 16)
        let text = String(decoding: JSONWriter.bytes(arguments), as: UTF8.self)
        return ToolCall(id: MadeUpCallID.text(0, of: name, in: mark), name: name, arguments: text)
    }

    /// A whole answer in which the text is the call that it stands for.
    func answer(in completion: Completion) -> Completion {
        var completion = completion
        for index in completion.choices.indices {
            let choice = completion.choices[index]
            guard !choice.parts.contains(where: \.isCall) else { continue }
            guard let call = call(of: Turn(.assistant, choice.parts).text) else {
                completion.losses.append(Self.missing)
                continue
            }
            completion.choices[index].parts.removeAll(where: \.isText)
            completion.choices[index].parts.append(.toolCall(call))
            if choice.stop == .natural { completion.choices[index].stop = .tool }
        }
        return completion
    }
}
