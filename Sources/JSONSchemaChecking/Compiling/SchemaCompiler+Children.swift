import HTTPSemantics

extension SchemaCompiler {
    /// What a schema asks of arrays.
    mutating func arrayRules(_ reader: SchemaReader) throws(JSONSchemaFault) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        for bound in try Self.countBounds("Items", unit: "element", reader) { rules.append(.elementCount(bound)) }
        if try reader.flag("uniqueItems") == true { rules.append(.distinctElements) }
        if let contained = try addOne("contains", reader) {
            let least = try reader.count("minContains") ?? 1
            rules.append(.contains(contained, least: least, most: try reader.count("maxContains")))
        } else {
            try Self.demand("contains", for: ["minContains", "maxContains"], reader)
        }
        if reader["items"]?.array != nil {
            throw reader.fault(
                "items",
                "must be one schema",
                remedy: "write prefixItems for the first elements and items for the rest"
            )
        }
        let first = try addList("prefixItems", reader)
        let rest = try addOne("items", reader)
        if first != nil || rest != nil { rules.append(.elements(first: first ?? [], rest: rest)) }
        return rules
    }

    /// What a schema asks of objects.
    mutating func objectRules(_ reader: SchemaReader) throws(JSONSchemaFault) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        for bound in try Self.countBounds("Properties", unit: "member", reader) { rules.append(.memberCount(bound)) }
        if let names = try reader.names("required") { rules.append(.required(names)) }
        if let pairs = try reader.map("dependentRequired") {
            var needs: [(name: String, needed: [String])] = []
            for pair in pairs { needs.append((pair.name, try reader.names("dependentRequired", in: pair.value))) }
            rules.append(.dependentNames(needs))
        }
        if let names = try addOne("propertyNames", reader) { rules.append(.memberNames(names)) }
        var members = MemberSchemas()
        for (name, schema) in try addMap("properties", reader) { members.named[ExactName(name)] = schema }
        for (text, schema) in try addMap("patternProperties", reader) {
            members.patterned.append((try pattern(text, "patternProperties", reader), schema))
        }
        members.others = try addOne("additionalProperties", reader)
        if !members.named.isEmpty || !members.patterned.isEmpty || members.others != nil {
            rules.append(.members(members))
        }
        return rules
    }

    /// What a schema asks by way of other schemas of the same value.
    mutating func branchRules(_ reader: SchemaReader) throws(JSONSchemaFault) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        let pairs = try addMap("dependentSchemas", reader)
        if !pairs.isEmpty { rules.append(.dependentSchemas(pairs)) }
        if let schemas = try addList("allOf", reader) { rules.append(.all(schemas)) }
        if let schemas = try addList("anyOf", reader) { rules.append(.any(schemas)) }
        if let schemas = try addList("oneOf", reader) { rules.append(.one(schemas)) }
        if let schema = try addOne("not", reader) { rules.append(.not(schema)) }
        if let condition = try addOne("if", reader) {
            let then = try addOne("then", reader)
            rules.append(.condition(condition, then: then, otherwise: try addOne("else", reader)))
        } else {
            try Self.demand("if", for: ["then", "else"], reader)
        }
        return rules
    }

    /// Compiles the schemas that `keyword` gives to names.
    mutating func addMap(
        _ keyword: String,
        _ reader: SchemaReader
    ) throws(JSONSchemaFault) -> [(name: String, schema: Int)] {
        var pairs: [(name: String, schema: Int)] = []
        for member in try reader.map(keyword) ?? [] {
            let place = reader.place + [keyword, member.name]
            pairs.append((member.name, try add(member.value, at: place, under: keyword)))
        }
        return pairs
    }

    private mutating func addList(_ keyword: String, _ reader: SchemaReader) throws(JSONSchemaFault) -> [Int]? {
        guard let list = try reader.list(keyword) else { return nil }
        var schemas: [Int] = []
        for (index, schema) in list.enumerated() {
            schemas.append(try add(schema, at: reader.place + [keyword, String(index)], under: keyword))
        }
        return schemas
    }

    private mutating func addOne(_ keyword: String, _ reader: SchemaReader) throws(JSONSchemaFault) -> Int? {
        guard let schema = reader[keyword] else { return nil }
        return try add(schema, at: reader.place + [keyword], under: keyword)
    }

    /// Refuses `keywords` if `other` is not there, without which they would be passed over.
    private static func demand(
        _ other: String,
        for keywords: [String],
        _ reader: SchemaReader
    ) throws(JSONSchemaFault) {
        for keyword in keywords where reader[keyword] != nil {
            throw reader.fault(keyword, "means nothing without \(other)", remedy: "write \(other) too, or take it out")
        }
    }
}
