package import HTTPSemantics

/// Some members of a JSON document, for people: one a line, and arrays one element a line.
package enum Excerpt {
    /// The members of these names that the document has, in this order.
    package static func text(of document: JSONValue?, members names: [String]) -> String {
        guard let object = document?.object else { return "(no JSON object)" }
        let lines = names.compactMap { name in object[name].map { "  \"\(name)\": \(text(of: $0))" } }
        return "{\n" + lines.joined(separator: ",\n") + "\n}"
    }

    private static func text(of value: JSONValue) -> String {
        guard let elements = value.array, elements.contains(where: { $0.object != nil }) else { return compact(value) }
        return "[\n" + elements.map { "    " + compact($0) }.joined(separator: ",\n") + "\n  ]"
    }

    private static func compact(_ value: JSONValue) -> String {
        String(decoding: JSONWriter.bytes(value), as: UTF8.self)
    }
}
