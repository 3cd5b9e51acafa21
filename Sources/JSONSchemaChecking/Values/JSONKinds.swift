import HTTPSemantics

/// A set of the types that JSON Schema has names for.
struct JSONKinds: OptionSet, Sendable {
    /// A bit for each type.
    let rawValue: UInt8

    /// `null`.
    static let null = Self(rawValue: 1)
    /// `true` and `false`.
    static let boolean = Self(rawValue: 2)
    /// Any number.
    static let number = Self(rawValue: 4)
    /// A number without a fraction, `1.0` included.
    static let integer = Self(rawValue: 8)
    /// A string.
    static let string = Self(rawValue: 16)
    /// An array.
    static let array = Self(rawValue: 32)
    /// An object.
    static let object = Self(rawValue: 64)

    /// Each with its name in a schema and its name in a message.
    static let all: [(kind: Self, name: String, words: String)] = [
        (.string, "string", "a string"), (.integer, "integer", "a whole number"), (.number, "number", "a number"),
        (.boolean, "boolean", "true or false"), (.object, "object", "an object"), (.array, "array", "an array"),
        (.null, "null", "null"),
    ]

    /// The type that a schema calls `name`.
    init?(named name: String) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        self = found.kind
    }

    /// A set of bits.
    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The types that `value` is of.
    init(of value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .number(let number): self = ExactDecimal(number).isWhole ? [.number, .integer] : .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// The types in words, such as «a string or null».
    var words: String { Wording.list(Self.all.filter { contains($0.kind) }.map(\.words)) }
}
