import ContentGuarding
import HTTPSemantics

/// Makes a list of nodes of a schema and all the schemas in it; the outermost is the first.
struct SchemaCompiler {
    /// The most schemas within each other.
    static let deepest = 64
    /// The most schemas altogether.
    static let mostSchemas = 10_000
    /// The most different expressions, since each has tables.
    static let mostPatterns = 100
    /// The most values of all kinds in a schema.
    static let mostValues = 200_000

    /// What has been compiled.
    private(set) var nodes: [SchemaNode] = []
    /// The places of the nodes, as JSON pointers.
    private(set) var places: [String] = []
    private var numbers: [ExactName: Int] = [:]
    private var references: [(node: Int, rule: Int, target: ExactName)] = []
    private var patterns: [ExactName: LinearPattern] = [:]
    private var depth = 0

    /// The nodes of `schema`.
    static func compile(_ schema: JSONValue) throws(JSONSchemaFault) -> [SchemaNode] {
        var compiler = SchemaCompiler()
        try compiler.measure(schema)
        _ = try compiler.add(schema, at: [], under: "")
        try compiler.resolveReferences()
        try SchemaLoops.check(compiler.nodes, places: compiler.places)
        return compiler.nodes
    }

    private init() {}

    /// Compiles `schema`, which stands under `keyword`; returns its number.
    mutating func add(
        _ schema: JSONValue,
        at place: [String],
        under keyword: String
    ) throws(JSONSchemaFault) -> Int {
        let text = JSONPointer(tokens: place).text
        guard depth < Self.deepest else {
            throw JSONSchemaFault(
                keyword,
                at: text,
                "is nested too deeply",
                remedy: "use at most \(Self.deepest) schemas within each other; put parts of it into $defs"
            )
        }
        guard nodes.count < Self.mostSchemas else {
            throw JSONSchemaFault(
                keyword,
                at: text,
                "is one schema too many",
                remedy: "use at most \(Self.mostSchemas), and $ref for what comes again"
            )
        }
        depth += 1
        defer { depth -= 1 }
        let number = nodes.count
        nodes.append(SchemaNode(keyword: keyword))
        places.append(text)
        numbers[ExactName(text)] = number
        switch schema {
        case .bool(true): break
        case .bool(false): nodes[number].rules = [.nothing]
        case .object(let object): try addRules(SchemaReader(schema: object, place: place), to: number)
        default:
            throw JSONSchemaFault("", at: text, "is no schema", remedy: "write an object, true or false")
        }
        return number
    }

    /// The compiled `text`, from those there are if it came before.
    mutating func pattern(
        _ text: String,
        _ keyword: String,
        _ reader: SchemaReader
    ) throws(JSONSchemaFault) -> LinearPattern {
        if let known = patterns[ExactName(text)] { return known }
        guard patterns.count < Self.mostPatterns else {
            throw reader.fault(
                keyword,
                "is one expression too many",
                remedy: "use at most \(Self.mostPatterns) different ones"
            )
        }
        do throws(RegexFault) {
            let pattern = try LinearPattern(text)
            patterns[ExactName(text)] = pattern
            return pattern
        } catch {
            let isTooLarge = error.reason == .tooLarge
            let remedy = isTooLarge ? "let it begin with ^, or use smaller counts" : error.remedy
            throw reader.fault(keyword, "has a regular expression that \(error.summary)", remedy: remedy)
        }
    }

    private func measure(_ schema: JSONValue) throws(JSONSchemaFault) {
        let size = ValueSize(of: schema, upTo: Self.mostValues)
        guard size.values <= Self.mostValues else {
            throw JSONSchemaFault("", at: "", "is too large", remedy: "use $ref for what comes again")
        }
        guard !size.isTooDeep, !size.hasLongNumber else {
            throw JSONSchemaFault(
                "",
                at: "",
                size.isTooDeep ? "is nested too deeply" : "has a number that is too long",
                remedy:
                    "nest at most \(ValueSize.deepest) deep, with numbers of at most \(ValueSize.longestNumber) digits"
            )
        }
    }

    private mutating func addRules(_ reader: SchemaReader, to number: Int) throws(JSONSchemaFault) {
        guard !reader.schema.hasDuplicateNames else {
            throw reader.fault("", "has a keyword twice", remedy: "take out one of the two")
        }
        for keyword in reader.schema.members.map(\.name)
        where !SchemaKeywords.allow(keyword, isOutermost: reader.place.isEmpty) {
            throw reader.fault(keyword, "is not checked", remedy: SchemaKeywords.remedy(for: keyword))
        }
        var rules: [SchemaRule] = []
        if let text = try reader.text("$ref", remedy: "write one such as #/$defs/NAME") {
            references.append((number, rules.count, try target(text, reader)))
            rules.append(.reference(0))
        }
        rules += try Self.valueRules(reader)
        rules += try textRules(reader)
        rules += try arrayRules(reader)
        rules += try objectRules(reader)
        rules += try branchRules(reader)
        for keyword in ["$defs", "definitions"] { _ = try addMap(keyword, reader) }
        nodes[number].rules = rules
    }

    // MARK: References

    /// The pointer that a reference leads to.
    private func target(_ text: String, _ reader: SchemaReader) throws(JSONSchemaFault) -> ExactName {
        guard text.utf8.first == UInt8(ascii: "#") else {
            throw reader.fault(
                "$ref",
                "leads to another document",
                remedy: "copy what it means into $defs, and write #/$defs/NAME"
            )
        }
        let bytes = PercentEncoding.decoded(Array(text.utf8.dropFirst()))
        guard let pointer = JSONPointer(String(decoding: bytes, as: UTF8.self)) else {
            throw reader.fault("$ref", "is no place in the schema", remedy: "write # or one such as #/$defs/NAME")
        }
        return ExactName(pointer.text)
    }

    private mutating func resolveReferences() throws(JSONSchemaFault) {
        for (node, rule, target) in references {
            guard let number = numbers[target] else {
                throw JSONSchemaFault(
                    "$ref",
                    at: places[node],
                    "leads to no schema",
                    remedy: "write # or one such as #/$defs/NAME, of a schema that is there"
                )
            }
            nodes[node].rules[rule] = .reference(number)
        }
    }
}
