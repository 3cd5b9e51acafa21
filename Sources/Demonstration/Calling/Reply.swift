import HTTPSemantics

/// One whole answer.
struct Reply: Sendable {
    /// The status code.
    var status = 0
    /// The header fields in their order.
    var fields: [Call.Field] = []
    /// The body.
    var body: [UInt8] = []

    /// The first field of this name, in any case.
    subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as JSON, if it is that.
    var json: JSONValue? { try? JSONParser.parse(body) }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Whether the server says that it did what was asked.
    var isSuccess: Bool { (200...299).contains(status) }
}
