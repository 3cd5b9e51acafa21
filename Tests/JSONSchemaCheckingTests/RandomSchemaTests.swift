import HTTPSemantics
import JSONSchemaChecking
import TestKit
import Testing

/// Schemas and values that nobody thought of.
struct RandomSchemaTests {
    private static let keywords = [
        "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "minProperties", "maxProperties", "dependentRequired", "items", "prefixItems", "contains", "minContains",
        "maxContains", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "dependentSchemas", "$ref", "$defs", "title", "x-note",
    ]
    private static let texts = [
        "", "a", "b", "é", "string", "object", "#", "#/$defs/a", "#/properties/a", "^a", "a|b", "%", "~",
    ]
    private static let numbers = [
        "0", "-0", "1", "1.0", "2", "0.5", "-3", "1e999999999", "1e-999999999", "10e-1", "1e19", "7e2",
    ]

    /// Any JSON at all.
    private static func anything(_ depth: Int, _ chance: inout SeededGenerator) -> String {
        switch chance.below(depth > 0 ? 6 : 4) {
        case 0: chance.pick(["null", "true", "false"])
        case 1: chance.pick(numbers)
        case 2, 3: "\"\(chance.pick(texts))\""
        case 4: "[" + (0..<chance.below(4)).map { _ in anything(depth - 1, &chance) }.joined(separator: ",") + "]"
        default: object(chance.below(4), &chance) { anything(depth - 1, &$0) }
        }
    }

    private static func object(
        _ count: Int,
        _ chance: inout SeededGenerator,
        _ value: (inout SeededGenerator) -> String
    ) -> String {
        "{" + texts.shuffled(using: &chance).prefix(count).map { "\"\($0)\":\(value(&chance))" }.joined(separator: ",")
            + "}"
    }

    /// A schema, most keywords of which have values that they can have.
    private static func schema(_ depth: Int, _ chance: inout SeededGenerator) -> String {
        guard depth > 0, chance.below(8) > 0 else {
            return chance.pick(["true", "false", "{}", "{\"type\":\"string\"}"])
        }
        let chosen = keywords.shuffled(using: &chance).prefix(1 + chance.below(4))
        return "{" + chosen.map { "\"\($0)\":\(value(of: $0, depth, &chance))" }.joined(separator: ",") + "}"
    }

    private static func value(of keyword: String, _ depth: Int, _ chance: inout SeededGenerator) -> String {
        guard chance.below(60) > 0 else { return anything(2, &chance) }
        switch keyword {
        case "type": return "\"\(chance.pick(["string", "object", "array", "number", "integer", "null", "boolean"]))\""
        case "enum": return "[\(anything(2, &chance)),\(anything(1, &chance))]"
        case "required": return "[\"\(chance.pick(texts))\"]"
        case "properties", "patternProperties", "$defs", "dependentSchemas":
            return object(1 + chance.below(2), &chance) { schema(depth - 1, &$0) }
        case "dependentRequired": return object(1, &chance) { "[\"\($0.pick(texts))\"]" }
        case "prefixItems", "allOf", "anyOf", "oneOf":
            return "[\(schema(depth - 1, &chance)),\(schema(depth - 1, &chance))]"
        case "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else":
            return schema(depth - 1, &chance)
        case "uniqueItems": return chance.pick(["true", "false"])
        case "pattern", "$ref": return "\"\(chance.pick(texts))\""
        case let name where name.hasSuffix("imum"): return chance.pick(["0", "1.0", "-3", "0.5", "1e300"])
        case "multipleOf": return chance.pick(["1", "0.5", "2e3", "7", "1e-9"])
        case let name where name.hasPrefix("m"): return String(chance.below(3))
        default: return anything(2, &chance)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a value fits a schema or its opposite, and never both`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var (compiled, fitting) = (0, 0)
        for _ in 0..<2_000 {
            let text = Self.schema(4, &chance)
            guard let schema = try? JSONSchema(Sample.value(text)) else { continue }
            let wrapped = ##"{"not": {"$ref": "#/$defs/x"}, "$defs": {"x": \##(text)}}"##
            // References within the schema lead elsewhere once it is moved.
            let opposite = text.contains("$ref") ? nil : try JSONSchema(Sample.value(wrapped))
            compiled += 1
            for _ in 0..<5 {
                let value = try Sample.value(Self.anything(4, &chance))
                let faults = schema.mismatches(of: value)
                #expect(faults.count <= 16 && schema.mismatches(of: value, limit: 1) == Array(faults.prefix(1)))
                if let opposite { #expect(opposite.mismatches(of: value).isEmpty != faults.isEmpty, "\(text)") }
                if faults.isEmpty { fitting += 1 }
            }
        }
        // Chance that refuses all schemas, or all values, would show nothing.
        #expect(compiled > 200 && fitting > 200 && fitting < compiled * 5, "\(compiled) \(fitting)")
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `numbers are compared and divided as whole ones are`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let (one, other) = (chance.below(2_000) - 1_000, 1 + chance.below(200))
            let (shift, otherShift) = (chance.below(4), chance.below(4))
            let power = { (count: Int) in (0..<count).reduce(1) { product, _ in product * 10 } }
            let (left, right) = (one * power(shift), other * power(otherShift))
            let number = "\(one)\(chance.pick(["", ".0", ".000"]))e\(shift - 30)"
            let limit = "\(other)e\(otherShift - 30)"
            #expect(try Sample.fits(number, #"{"minimum": \#(limit)}"#) == (left >= right), "\(number) \(limit)")
            #expect(
                try Sample.fits(number, #"{"exclusiveMaximum": \#(limit)}"#) == (left < right),
                "\(number) \(limit)"
            )
            #expect(
                try Sample.fits(number, #"{"multipleOf": \#(limit)}"#) == left.isMultiple(of: right),
                "\(number) \(limit)"
            )
        }
    }
}
