import HTTPSemantics

/// A form of the answer that stands for a call that must be made, for models that can be held to a form but not to a call:
/// the text of the answer is the call.
struct ForcedCall: Sendable, Equatable {
    /// The functions that may be called.
    let names: [String]

    /// Puts the form in the place of a choice that `vendor` cannot be told; `nil` where none is needed, or none helps.
    init?(in conversation: inout Conversation, for vendor: Vendor) {
        guard vendor == .ollama else { return nil }
        var functions = conversation.tools.compactMap { tool in
            if case .function(let function) = tool { function } else { FunctionTool?.none }
        }
        switch conversation.toolChoice {
        case .any: break
        case .function(let name): functions.removeAll { $0.name != name }
        case nil, .automatic, ToolChoice.none?: return nil
        }
        guard !functions.isEmpty else { return nil }
        names = functions.map(\.name)
        conversation.toolChoice = nil
        // A form asked for besides is that of text, of which there is none beside the call.
        let forms = functions.map(Self.form)
        let form: JSONValue = forms.count == 1 ? forms[0] : ["anyOf": .array(forms)]
        conversation.output = .schema(OutputSchema(name: "call", schema: form))
    }

    private static func form(of function: FunctionTool) -> JSONValue {
        let parameters = function.parameters.map(JSONValue.object) ?? ["type": "object", "properties": [:]]
        return [
            "type": "object",
            "properties": ["name": ["type": "string", "enum": [.string(function.name)]], "arguments": parameters],
            "required": ["name", "arguments"],
        ]
    }

    /// The call that `text` is; `nil` for one that is cut, or none.
    ///
    /// `answer` tells one answer from another.
    func call(of text: String, in answer: String) -> ToolCall? {
        guard let object = (try? JSONParser.parse(Array(text.utf8)))?.object, let name = object["name"]?.string,
            names.contains(name), let arguments = object["arguments"], arguments.object != nil
        else {
            return nil
        }
        let identifier = MadeUpCallID.text(0, of: name, in: answer.isEmpty ? text : answer)
        return ToolCall(
            id: identifier,
            name: name,
            arguments: String(decoding: JSONWriter.bytes(arguments), as: UTF8.self)
        )
    }

    /// A whole answer in which the text is the call that it stands for.
    func answer(in completion: Completion) -> Completion {
        var completion = completion
        for index in completion.choices.indices {
            let choice = completion.choices[index]
            let text = choice.parts.map { if case .text(let part) = $0 { part.text } else { "" } }.joined()
            let mark = "\(completion.id)/\(completion.created)/\(text)"
            guard !choice.parts.contains(where: \.isCall), let call = call(of: text, in: mark) else { continue }
            completion.choices[index].parts.removeAll { if case .text = $0 { true } else { false } }
            completion.choices[index].parts.append(.toolCall(call))
            if choice.stop == .natural { completion.choices[index].stop = .tool }
        }
        return completion
    }
}
