import HTTPSemantics

/// The schema of a call, `{"name": …, "arguments": …}`.
enum CallForm {
    /// The schema of a call of any of the functions; `nil` if there is none, since their schemas refer to what would move.
    static func form(of functions: [FunctionTool]) -> JSONObject? {
        var (forms, all): ([JSONValue], JSONObject) = ([], JSONObject())
        for function in functions {
            var parameters = AnthropicSchema.input(function.parameters)
            guard !AnswerTool.refersToWhole(.object(parameters)) else { return nil }
            for name in ["$defs", "definitions"] {
                // References name these by their place, which must stay.
                guard let definitions = parameters.remove(name)?.object else { continue }
                guard let sum = sum(all[name]?.object ?? JSONObject(), definitions) else { return nil }
                all.set(name, to: .object(sum))
            }
            for name in ["$schema", "$id"] { parameters.remove(name) }
            forms.append(form(of: function.name, parameters))
        }
        var form = forms.count == 1 ? forms[0].object ?? JSONObject() : JSONObject([("anyOf", .array(forms))])
        for member in all.members { form.set(member.name, to: member.value) }
        return form
    }

    private static func form(of name: String, _ parameters: JSONObject) -> JSONValue {
        [
            "type": "object",
            "properties": ["name": ["type": "string", "enum": [.string(name)]], "arguments": .object(parameters)],
            "required": ["name", "arguments"],
        ]
    }

    /// The definitions of two schemas together; `nil` where they mean different things by one name.
    private static func sum(_ all: JSONObject, _ more: JSONObject) -> JSONObject? {
        var sum = all
        for member in more.members {
            if let known = sum[member.name], known != member.value { return nil }
            sum.set(member.name, to: member.value)
        }
        return sum
    }
}
