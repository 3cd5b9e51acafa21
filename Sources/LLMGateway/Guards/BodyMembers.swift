import Catalog
import HTTPSemantics

/// What members of the vendors' requests and answers hold, as far as guards must know.
enum BodyMembers {
    /// Identifiers, kinds and values that only their maker understands.
    private static let opaque: Set<String> = [
        "id", "type", "role", "model", "object", "call_id", "tool_call_id", "tool_use_id", "item_id", "response_id",
        "previous_response_id", "file_id", "container_id", "signature", "encrypted_content", "thoughtSignature",
        "thought_signature", "media_type", "mime_type", "mimeType", "finish_reason", "finishReason", "stop_reason",
        "status",
        "system_fingerprint", "service_tier", "images",
        "allowedFunctionNames", "allowed_function_names",
    ]
    /// What stands beside the name of a function.
    private static let functional: Set<String> = [
        "arguments", "args", "input", "parameters", "parametersJsonSchema", "input_schema", "response",
    ]
    /// What may be a whole file, in base64 behind `data:`.
    private static let addresses: Set<String> = [
        "url", "image_url", "file_data", "file_url", "fileUri", "file_uri", "uri",
        "document_url",
    ]
    /// What callers and models make up themselves, where it is an object.
    private static let free: Set<String> = ["input", "args", "arguments", "response", "metadata"]
    /// JSON schemas, where they are objects.
    private static let schemas: Set<String> = [
        "parameters", "parametersJsonSchema", "input_schema", "schema", "responseSchema", "responseJsonSchema",
        "response_schema", "response_json_schema",
    ]
    /// What people write into schemas.
    private static let words: Set<String> = ["description", "title", "$comment", "default", "example", "examples"]

    /// Whose words the members of a value are.
    enum Territory {
        /// The vendor's: some hold text, others do not.
        case vendors
        /// The caller's, all of them.
        case callers
        /// A schema's: what is not description is grammar.
        case schema
    }

    /// Whose words the members of a member's value are.
    static func territory(of member: JSONObject.Member, within outer: Territory) -> Territory {
        switch outer {
        case .callers: return .callers
        case .schema:
            // A property may be called «description» too; then it is a schema of its own.
            return words.contains(member.name) && member.value.object?["type"] == nil ? .callers : .schema
        case .vendors:
            if isFree(member) { return .callers }
            // Ollama's `format` is a schema, or a word.
            let isSchema = schemas.contains(member.name) || member.name == "format"
            return isSchema && member.value.object != nil ? .schema : .vendors
        }
    }

    /// Whether a member may hold text that people or models wrote.
    static func mayHoldText(
        _ member: JSONObject.Member,
        in object: JSONObject,
        _ direction: ContentGuard.Direction
    ) -> Bool {
        if opaque.contains(member.name) { return false }
        if member.name == "name", isOfFunction(object) { return false }
        if addresses.contains(member.name), let text = member.value.string { return !text.hasPrefix("data:") }
        if member.name == "data" { return holdsText(object) }
        // A picture that was made, or sound on its way.
        if member.name == "result", object["type"]?.string == "image_generation_call" { return false }
        if member.name == "input_audio", member.value.string != nil { return false }
        // Its maker would not take thinking back that was changed.
        return direction != .requests || !isSigned(member.name, in: object)
    }

    /// Whether an object is a function, or the call or choice of one, by whose name programs find it.
    private static func isOfFunction(_ object: JSONObject) -> Bool {
        object.members.count == 1 || object.members.contains { functional.contains($0.name) }
            || object["type"]?.string == "tool" || object["type"]?.string == "function"
    }

    /// Whether a member is thinking that its maker has signed.
    private static func isSigned(_ name: String, in object: JSONObject) -> Bool {
        guard let signature = object["signature"], signature != .null, signature != "" else { return false }
        return name == "thinking" || name == "text" && object["type"]?.string?.hasPrefix("reasoning") == true
    }

    /// Whether the member `data` of a source holds its text as it is.
    private static func holdsText(_ source: JSONObject) -> Bool {
        switch source["type"]?.string {
        case "text": return true
        case "base64", "redacted_thinking", "reasoning.encrypted": return false
        default: break
        }
        if source["transcript"] != nil { return false }
        let kind = source["mimeType"] ?? source["mime_type"] ?? source["media_type"] ?? source["format"]
        return kind == nil
    }

    private static func isFree(_ member: JSONObject.Member) -> Bool {
        free.contains(member.name) && member.value.object != nil
    }

    /// Thinking that was changed is not the thinking that was signed.
    static func dropSignature(of name: String, in object: inout JSONObject?) {
        guard let whole = object, isSigned(name, in: whole) else { return }
        object?.set("signature", to: .string(""))
    }

    /// An answer without the probabilities of its tokens, which would tell what was masked.
    static func withoutProbabilities(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(withoutProbabilities))
        case .object(var object):
            for member in object.members where !isFree(member) {
                switch member.name {
                case "logprobs": object.set(member.name, to: member.value.array == nil ? .null : .array([]))
                case "logprobsResult": object.remove(member.name)
                default: object.set(member.name, to: withoutProbabilities(member.value))
                }
            }
            return .object(object)
        case .null, .bool, .number, .string: return value
        }
    }
}
