import HTTPSemantics

/// A scalar that can be looked up: a key of an item, a value of a set, or a step of a path.
enum ScalarKey: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    /// The text in UTF-8, so that equality is that of JSON.
    case text([UInt8])

    /// The scalar `value`; `nil` for an array or an object.
    init?(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(Array(text.utf8))
        case .array, .object: return nil
        }
    }

    /// The name of a member.
    init(name: String) { self = .text(Array(name.utf8)) }

    /// The scalar as a step of a rule's pointer; a whole number in its shortest form.
    var token: String {
        switch self {
        case .null: "null"
        case .bool(let truth): truth ? "true" : "false"
        case .number(let number): number.integer.map { String($0) } ?? String(decoding: number.text, as: UTF8.self)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
