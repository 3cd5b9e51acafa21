import HTTPSemantics

/// JSON Schema as Anthropic takes it.
enum AnthropicSchema {
    /// The schema of a tool's input, which must be of type `object`.
    static func input(_ parameters: JSONObject?) -> JSONObject {
        guard var schema = parameters else {
            return JSONObject([("type", "object"), ("properties", .object(JSONObject()))])
        }
        guard schema["type"]?.string != "object" else { return schema }
        if schema["type"] == nil {
            schema = JSONObject([("type", "object")] + schema.members.map { ($0.name, $0.value) })
        } else {
            schema.set("type", to: "object")
        }
        return schema
    }

    /// The schema of the input of a tool that the vendor must hold the model to; what that loses goes to `losses`.
    static func strictInput(_ parameters: JSONObject?, at path: String, losses: inout [Loss]) -> JSONObject {
        var strict = AnthropicStrictSchema()
        let schema = strict.narrowed(input(parameters))
        note(strict, at: path, &losses)
        return schema
    }

    /// The schema of an answer; what it is for goes into it.
    static func output(_ output: OutputSchema, losses: inout [Loss]) -> JSONValue {
        guard var object = output.schema.object else { return output.schema }
        if object["description"] == nil { object.set("description", text: output.description) }
        var strict = AnthropicStrictSchema()
        let schema = strict.narrowed(object)
        note(strict, at: "response_format", &losses)
        return .object(schema)
    }

    private static func note(_ strict: AnthropicStrictSchema, at path: String, _ losses: inout [Loss]) {
        guard !strict.loosened.isEmpty else { return }
        let keywords = strict.loosened.joined(separator: ", ")
        losses.append(Loss(path, "Anthropic holds no model to the schema's \(keywords); the model is told in words"))
    }
}
