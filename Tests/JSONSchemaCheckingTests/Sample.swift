import HTTPSemantics
import JSONSchemaChecking

/// Schemas and values written as JSON.
enum Sample {
    /// A value, which may nest as deep as any parser lets it.
    static func value(_ text: String) throws -> JSONValue {
        try JSONParser.parse(Array(text.utf8), maximumDepth: 512)
    }

    /// A compiled schema.
    static func schema(_ text: String) throws -> JSONSchema { try JSONSchema(value(text)) }

    /// Whether a value fits a schema.
    static func fits(_ value: String, _ schema: String) throws -> Bool {
        try Self.schema(schema).mismatches(of: Self.value(value)).isEmpty
    }

    /// What of a value does not fit, in one sentence each.
    static func faults(_ value: String, _ schema: String, limit: Int = 16) throws -> [String] {
        try Self.schema(schema).mismatches(of: Self.value(value), limit: limit).map(\.summary)
    }

    /// Why a schema is refused; `nil` if it is not.
    static func refusal(_ schema: String) throws -> JSONSchemaFault? {
        let value = try Self.value(schema)
        do throws(JSONSchemaFault) {
            _ = try JSONSchema(value)
            return nil
        } catch {
            return error
        }
    }
}
