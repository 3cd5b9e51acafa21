import HTTPSemantics

/// The schema of a call, `{"name": …, "arguments": …}`.
enum CallForm {
    /// The schema of a call of any of the functions; `nil` if there is none, since their schemas refer to what would move.
    static func form(of functions: [FunctionTool]) -> JSONObject? {
        var (forms, all): ([JSONValue], JSONObject) = ([], JSONObject())
        for function in functions {
            guard let nested = NestedSchema(.object(AnthropicSchema.input(function.parameters))) else { return nil }
            for member in nested.definitions.members {
                let known = all[member.name]?.object ?? JSONObject()
                guard let more = member.value.object, let sum = sum(known, more) else { return nil }
                all.set(member.name, to: .object(sum))
            }
            forms.append(form(of: function.name, nested.inner))
        }
        var form = forms.count == 1 ? forms[0].object ?? JSONObject() : JSONObject([("anyOf", .array(forms))])
        for member in all.members { form.set(member.name, to: member.value) }
        return form
    }

    private static func form(of name: String, _ parameters: JSONValue) -> JSONValue {
        [
            "type": "object",
            "properties": ["name": ["type": "string", "enum": [.string(name)]], "arguments": parameters],
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
