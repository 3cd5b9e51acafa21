import HTTPSemantics

/// Whether a schema is one that OpenAI takes with `strict`: it refuses any other.
///
/// Some keywords that newer models take are not among these, so that what is said to be strict is strict everywhere.
struct OpenAIStrictSchema {
    /// More schemas within a schema than anybody writes, and still fewer than OpenAI takes.
    private static let mostSchemas = 1_000
    /// Levels that OpenAI takes.
    private static let mostLevels = 10
    private static let known: Set = [
        "type", "title", "description", "enum", "const", "properties", "required", "additionalProperties", "items",
        "anyOf", "$ref", "$defs", "definitions",
    ]

    private var count = 0

    /// An answer's schema that its own vendor holds the model to, and OpenAI too if it takes it so.
    static func guaranteed(_ schema: JSONValue) -> OutputSchema {
        OutputSchema(schema: schema, isStrict: isTaken(schema) ? true : nil)
    }

    /// Whether OpenAI takes the schema; the outermost must be an object.
    static func isTaken(_ schema: JSONValue) -> Bool {
        guard schema["type"]?.string == "object", schema["anyOf"] == nil else { return false }
        var strict = Self()
        return strict.takes(schema, at: 1)
    }

    private mutating func takes(_ schema: JSONValue, at level: Int) -> Bool {
        count += 1
        guard let object = schema.object, level <= Self.mostLevels, count <= Self.mostSchemas,
            object.members.allSatisfy({ Self.known.contains($0.name) })
        else { return false }
        if object["$ref"] != nil { return object.members.count == 1 }
        guard object["type"] != nil || object["anyOf"]?.array?.isEmpty == false else { return false }
        let types = object["type"].map { $0.string.map { [$0] } ?? $0.array?.compactMap(\.string) ?? [] } ?? []
        if types.contains("object") || object["properties"] != nil, !Self.isClosed(object) { return false }
        if types.contains("array"), object["items"]?.object == nil { return false }
        return takesAll(within: object, at: level + 1)
    }

    private mutating func takesAll(within object: JSONObject, at level: Int) -> Bool {
        for name in ["properties", "$defs", "definitions"] {
            guard let map = object[name] else { continue }
            guard let members = map.object?.members else { return false }
            for member in members where !takes(member.value, at: level) { return false }
        }
        for schema in object["anyOf"]?.array ?? [] where !takes(schema, at: level) { return false }
        return object["items"].map { takes($0, at: level) } ?? true
    }

    /// Whether all its properties must be there, and no others may.
    private static func isClosed(_ object: JSONObject) -> Bool {
        guard object["additionalProperties"] == false, let properties = object["properties"]?.object else {
            return false
        }
        let required = Set((object["required"]?.array ?? []).compactMap(\.string))
        return required == Set(properties.members.map(\.name))
    }
}
