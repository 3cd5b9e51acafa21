package import HTTPSemantics

/// A JSON schema, compiled once.
///
/// It has the keywords of the draft 2020-12 that speak of a value and its parts; a keyword that would not be checked is
/// refused. Annotations, `format` among them, are taken and ask nothing of a value.
package struct JSONSchema: Sendable {
    private let nodes: [SchemaNode]

    /// Compiles a schema; names the place and the keyword that cannot be used.
    package init(_ schema: JSONValue) throws(JSONSchemaFault) {
        nodes = try SchemaCompiler.compile(schema)
    }

    /// What of a value does not fit, at most `limit` faults, in document order; empty if it fits.
    ///
    /// A limit counts as 1 if it is less, and as 1,000 if it is more. A value that would take too long is said not to fit.
    /// Of alternatives (`anyOf`, `oneOf`) none of which fits, the faults of that one are told which is the only one for
    /// values of this type, if there is one.
    package func mismatches(of value: JSONValue, limit: Int = 16) -> [JSONSchemaMismatch] {
        SchemaCheck.mismatches(of: value, nodes, limit: limit)
    }
}
