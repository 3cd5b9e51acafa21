package import HTTPSemantics

/// The arguments of calls, which are a text in some dialects and an object in others.
package enum ToolArguments {
    /// The object that the text of a call's arguments is; an empty text is an empty object.
    ///
    /// - Throws: ``MalformedRequest`` that names the call where a weak model's arguments are no JSON object.
    package static func object(of call: ToolCall) throws(MalformedRequest) -> JSONObject {
        let text = Array(call.arguments.utf8)
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { return JSONObject() }
        guard let object = (try? JSONParser.parse(answer: text))?.object else {
            throw MalformedRequest(
                "arguments",
                "The arguments of the call «\(call.id)» of «\(call.name)» are not a JSON object, which this provider needs; "
                    + "leave the call out of the history or mend its arguments."
            )
        }
        return object
    }

    /// The text of arguments that came as a value; `{}` where there are none.
    package static func text(of value: JSONValue?) -> String {
        switch value {
        case nil, .null: return "{}"
        case .string(let text): return text.isEmpty ? "{}" : text
        case .some(let value): return String(decoding: JSONWriter.bytes(value), as: UTF8.self)
        }
    }
}
