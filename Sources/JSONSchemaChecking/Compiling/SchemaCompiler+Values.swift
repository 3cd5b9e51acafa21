import HTTPSemantics

extension SchemaCompiler {
    private static let bounds: [NumberBound.Side] = [.least, .most, .above, .below]

    /// What a schema asks of types, values and numbers.
    static func valueRules(_ reader: SchemaReader) throws(JSONSchemaFault) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        if let type = reader["type"] { rules.append(.type(try kinds(type, reader))) }
        if let value = reader["enum"] {
            guard let values = value.array, !values.isEmpty else {
                throw reader.fault("enum", "must be a list of values", remedy: "write at least one, in brackets")
            }
            rules.append(.values(AllowedValues("enum", values)))
        }
        if let value = reader["const"] { rules.append(.values(AllowedValues("const", [value]))) }
        for side in bounds {
            guard let (limit, text) = try reader.number(side.rawValue) else { continue }
            rules.append(.bound(NumberBound(side: side, limit: limit, text: text)))
        }
        if let (value, text) = try reader.number("multipleOf") {
            guard let divisor = ExactDivisor(value) else {
                throw reader.fault(
                    "multipleOf",
                    "must be more than 0, of at most 18 digits",
                    remedy: "write one such as 0.01"
                )
            }
            rules.append(.multiple(divisor, text: text))
        }
        return rules
    }

    /// What a schema asks of strings.
    mutating func textRules(_ reader: SchemaReader) throws(JSONSchemaFault) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        for bound in try Self.countBounds("Length", unit: "character", reader) { rules.append(.length(bound)) }
        if let text = try reader.text("pattern", remedy: "write a regular expression, in quotes") {
            rules.append(.pattern(try pattern(text, "pattern", reader), text: text))
        }
        return rules
    }

    /// The bounds of the keywords that `name` makes with `min` and `max`.
    static func countBounds(
        _ name: String,
        unit: String,
        _ reader: SchemaReader
    ) throws(JSONSchemaFault) -> [CountBound] {
        var bounds: [CountBound] = []
        for (prefix, isLeast) in [("min", true), ("max", false)] {
            guard let limit = try reader.count(prefix + name) else { continue }
            bounds.append(CountBound(keyword: prefix + name, unit: unit, isLeast: isLeast, limit: limit))
        }
        return bounds
    }

    private static func kinds(_ value: JSONValue, _ reader: SchemaReader) throws(JSONSchemaFault) -> JSONKinds {
        let names = value.array ?? [value]
        var kinds: JSONKinds = []
        for name in names {
            guard let kind = name.string.flatMap(JSONKinds.init(named:)) else {
                let there = Wording.list(JSONKinds.all.map(\.name))
                throw reader.fault("type", "names no type that there is", remedy: "write \(there), or a list of them")
            }
            kinds.formUnion(kind)
        }
        guard !names.isEmpty else { throw reader.fault("type", "is empty", remedy: "write at least one type") }
        return kinds
    }
}
