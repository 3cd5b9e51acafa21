import HTTPSemantics

/// A schema made part of another: what references name by their place stays outermost.
struct NestedSchema {
    /// The schema without its definitions.
    let inner: JSONValue
    /// Its `$defs` and `definitions`, for the schema around it.
    let definitions: JSONObject

    /// What of `schema` goes where; `nil` if it refers to itself as a whole, or to a place within, which would move.
    init?(_ schema: JSONValue) {
        guard !Self.refersToWhole(schema) else { return nil }
        var definitions = JSONObject()
        guard var object = schema.object else {
            inner = schema
            self.definitions = definitions
            return
        }
        for name in ["$defs", "definitions"] {
            if let found = object.remove(name) { definitions.set(name, to: found) }
        }
        // What names the whole schema is no part of it.
        for name in ["$schema", "$id"] { object.remove(name) }
        inner = .object(object)
        self.definitions = definitions
    }

    private static func refersToWhole(_ value: JSONValue) -> Bool {
        if let items = value.array { return items.contains(where: refersToWhole) }
        guard let object = value.object else { return false }
        // Values are no schemas.
        let schemas = object.members.filter { !["const", "enum", "default", "examples"].contains($0.name) }
        return schemas.contains { member in
            guard member.name == "$ref", let place = member.value.string, place.hasPrefix("#") else {
                return refersToWhole(member.value)
            }
            return !place.hasPrefix("#/$defs/") && !place.hasPrefix("#/definitions/")
        }
    }
}
