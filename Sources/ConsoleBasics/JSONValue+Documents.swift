package import HTTPSemantics

extension JSONValue {
    /// The text, or null.
    package static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

    /// The number, or null.
    package static func integer(_ value: (some BinaryInteger)?) -> JSONValue {
        value.map { .number(JSONNumber($0)) } ?? .null
    }

    /// The moment in RFC 3339, or null.
    package static func time(_ milliseconds: Int64?) -> JSONValue {
        milliseconds.map { .string(RFC3339.text(milliseconds: $0)) } ?? .null
    }

    /// The document in one line.
    package var line: String { String(decoding: JSONWriter.bytes(self), as: UTF8.self) }
}
