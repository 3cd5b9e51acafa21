/// The keywords that are known, and what to do instead of some that are not.
enum SchemaKeywords {
    /// Those that are checked, or hold schemas that others lead to.
    private static let checked: Set<String> = [
        "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "minProperties", "maxProperties", "dependentRequired", "items", "prefixItems", "contains", "minContains",
        "maxContains", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "dependentSchemas", "$ref", "$defs", "definitions",
    ]
    /// Those that say something of a value and ask nothing of it.
    private static let annotations: Set<String> = [
        "title", "description", "default", "examples", "format", "$schema", "$comment", "deprecated", "readOnly",
        "writeOnly", "contentEncoding", "contentMediaType",
    ]
    private static let named = "use $ref with #/$defs/NAME"
    private static let remedies = [
        "unevaluatedProperties": "write additionalProperties beside properties, in each alternative that has some",
        "unevaluatedItems": "write items, which is for the elements behind prefixItems",
        "$dynamicRef": named, "$dynamicAnchor": named, "$anchor": named, "$recursiveRef": named,
        "$recursiveAnchor": named,
        "additionalItems": "write prefixItems for the first elements and items for the rest",
        "dependencies": "write dependentRequired or dependentSchemas",
        "nullable": "write null into the list of type, such as [\"string\", \"null\"]",
        "$id": "give an $id to the outermost schema only",
    ]

    /// Whether `keyword` may stand in a schema, the outermost one or another.
    static func allow(_ keyword: String, isOutermost: Bool) -> Bool {
        checked.contains(keyword) || annotations.contains(keyword) || keyword.utf8.starts(with: "x-".utf8)
            || isOutermost && keyword == "$id"
    }

    /// What to do about a keyword that is not allowed.
    static func remedy(for keyword: String) -> String {
        remedies[keyword] ?? "take it out, or let its name begin with x- if it is a note"
    }
}
