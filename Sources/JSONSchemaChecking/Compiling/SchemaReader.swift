import HTTPSemantics

/// Reads the keywords of one schema, and says what is wrong with them.
struct SchemaReader {
    /// The schema.
    let schema: JSONObject
    /// The steps to it.
    let place: [String]

    /// A fault of `keyword` in this schema.
    func fault(_ keyword: String, _ message: String, remedy: String) -> JSONSchemaFault {
        JSONSchemaFault(keyword, at: JSONPointer(tokens: place).text, message, remedy: remedy)
    }

    /// What stands under `keyword`.
    subscript(keyword: String) -> JSONValue? { schema[keyword] }

    /// A number of things.
    func count(_ keyword: String) throws(JSONSchemaFault) -> Int? {
        guard let value = schema[keyword] else { return nil }
        guard let count = value.integer, count >= 0 else {
            throw fault(keyword, "must be a whole number, not negative", remedy: "write one such as 1")
        }
        return count
    }

    /// Any number within reason, and how it is written.
    func number(_ keyword: String) throws(JSONSchemaFault) -> (value: ExactDecimal, text: String)? {
        guard let value = schema[keyword] else { return nil }
        guard case .number(let number) = value else {
            throw fault(keyword, "must be a number", remedy: "write one such as 0 or 0.5")
        }
        let decimal = ExactDecimal(number)
        guard decimal.isWithinReason else {
            let most = ExactDecimal.farthestInSchema
            throw fault(keyword, "has too large an exponent", remedy: "write one between -\(most) and \(most)")
        }
        return (decimal, Wording.value(value))
    }

    /// `true` or `false`.
    func flag(_ keyword: String) throws(JSONSchemaFault) -> Bool? {
        guard let value = schema[keyword] else { return nil }
        guard let flag = value.bool else {
            throw fault(keyword, "must be true or false", remedy: "write one of them, without quotes")
        }
        return flag
    }

    /// A string.
    func text(_ keyword: String, remedy: String) throws(JSONSchemaFault) -> String? {
        guard let value = schema[keyword] else { return nil }
        guard let text = value.string else { throw fault(keyword, "must be a string", remedy: remedy) }
        return text
    }

    /// A list of names.
    func names(_ keyword: String) throws(JSONSchemaFault) -> [String]? {
        try schema[keyword].map { value throws(JSONSchemaFault) in try names(keyword, in: value) }
    }

    /// The names that `value`, which stands somewhere under `keyword`, lists.
    func names(_ keyword: String, in value: JSONValue) throws(JSONSchemaFault) -> [String] {
        guard let names = value.array?.map(\.string), names.allSatisfy({ $0 != nil }) else {
            throw fault(keyword, "must list names", remedy: "write a list of strings, such as [\"total\"]")
        }
        return names.compactMap(\.self)
    }

    /// A list of schemas, not an empty one.
    func list(_ keyword: String) throws(JSONSchemaFault) -> [JSONValue]? {
        guard let value = schema[keyword] else { return nil }
        guard let list = value.array, !list.isEmpty else {
            throw fault(keyword, "must be a list of schemas", remedy: "write at least one, in brackets")
        }
        return list
    }

    /// Something for each of some names.
    func map(_ keyword: String) throws(JSONSchemaFault) -> [JSONObject.Member]? {
        guard let value = schema[keyword] else { return nil }
        guard let object = value.object else {
            throw fault(keyword, "must be an object", remedy: "write what belongs to each name, in braces")
        }
        guard !object.hasDuplicateNames else {
            throw fault(keyword, "has a name twice", remedy: "take out one of the two")
        }
        return object.members
    }
}
