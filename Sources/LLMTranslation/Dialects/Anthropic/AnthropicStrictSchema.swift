import HTTPSemantics

/// Puts JSON Schema into the part of it that Anthropic holds a model to, as the vendor's own SDK does it.
///
/// The vendor refuses schemas with anything else. What they demand besides goes into the descriptions, where the model
/// at least reads it.
struct AnthropicStrictSchema {
    /// The keywords of demands that are told in words only, or not at all.
    private(set) var loosened: [String] = []

    /// Keywords that any schema may have.
    private static let common: Set = ["type", "title", "description", "enum", "const"]
    /// Keywords whose member is an object of schemas.
    private static let maps: Set = ["$defs", "definitions", "properties"]
    /// Keywords that only one type may have.
    private static let owners = [
        "properties": "object", "required": "object", "items": "array", "minItems": "array", "format": "string",
    ]
    private static let formats: Set = [
        "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
    ]
    /// Keywords that say nothing to a model.
    private static let silent: Set = ["$schema", "$id", "$comment"]
    /// Keywords that demand nothing.
    private static let hints: Set = [
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly",
    ]
    /// Keywords that may stand beside a reference.
    private static let besideReference: Set = ["$ref", "$defs", "definitions"]

    /// A schema that the vendor takes.
    mutating func narrowed(_ schema: JSONValue) -> JSONValue {
        guard let object = schema.object else { return schema }
        return .object(narrowed(object))
    }

    /// A schema that the vendor takes.
    mutating func narrowed(_ schema: JSONObject) -> JSONObject {
        var narrow = JSONObject()
        var words: [String] = []
        let isReference = schema["$ref"] != nil
        for member in schema.members where !Self.silent.contains(member.name) {
            let (name, value) = (member.name, member.value)
            if isReference, !Self.besideReference.contains(name) {
                note(name)
            } else if let (name, value) = taken(name, value, in: schema) {
                narrow.set(name, to: value)
            } else if name != "additionalProperties" {
                words.append("\(name): \(Self.text(value))")
                note(name)
            } else if value != false {
                note(name)
            }
        }
        let types = Self.types(of: schema)
        let isObject = types.contains("object") || types.isEmpty && schema["properties"] != nil
        if isObject { narrow.set("additionalProperties", to: false) }
        if !words.isEmpty {
            let before = narrow["description"]?.string.map { "\($0)\n\n" } ?? ""
            narrow.set("description", text: "\(before){\(words.joined(separator: ", "))}")
        }
        return narrow
    }

    /// The member as the vendor takes it, if it does.
    private mutating func taken(_ name: String, _ value: JSONValue, in schema: JSONObject) -> (String, JSONValue)? {
        switch name {
        case "$ref": return (name, value)
        case "oneOf" where schema["anyOf"] == nil: return ("anyOf", list(value))
        case "anyOf", "allOf": return (name, list(value))
        case _ where !Self.mayStand(name, value, in: schema): return nil
        case "items": return (name, narrowed(value))
        case _ where Self.maps.contains(name): return (name, map(value))
        default: return (name, value)
        }
    }

    private mutating func note(_ keyword: String) {
        if !Self.hints.contains(keyword), !loosened.contains(keyword) { loosened.append(keyword) }
    }

    private mutating func map(_ value: JSONValue) -> JSONValue {
        guard var named = value.object else { return value }
        for member in named.members { named.set(member.name, to: narrowed(member.value)) }
        return .object(named)
    }

    private mutating func list(_ value: JSONValue) -> JSONValue {
        guard let elements = value.array else { return value }
        var narrow: [JSONValue] = []
        for element in elements { narrow.append(narrowed(element)) }
        return .array(narrow)
    }

    /// Whether the vendor takes this member of `schema`.
    private static func mayStand(_ name: String, _ value: JSONValue, in schema: JSONObject) -> Bool {
        if let owner = owners[name] {
            let types = types(of: schema)
            guard types.isEmpty || types.contains(owner) else { return false }
        } else if !common.contains(name), !maps.contains(name) {
            return false
        }
        return switch name {
        case "enum": value.array.map { !$0.isEmpty && $0.allSatisfy(isPlain) } ?? false
        case "const": isPlain(value)
        case "format": formats.contains(value.string ?? "")
        case "minItems": value == 0 || value == 1
        default: true
        }
    }

    private static func types(of schema: JSONObject) -> [String] {
        guard let type = schema["type"] else { return [] }
        return type.string.map { [$0] } ?? type.array?.compactMap(\.string) ?? []
    }

    private static func isPlain(_ value: JSONValue) -> Bool { value.object == nil && value.array == nil }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? String(decoding: JSONWriter.bytes(value), as: UTF8.self)
    }
}
