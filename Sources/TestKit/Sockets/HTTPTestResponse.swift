/// An answer as a test client received it.
package struct HTTPTestResponse: Sendable, Equatable {
    /// The status.
    package let status: Int
    /// The fields in their order.
    package let fields: [HTTPField]
    /// The body; of an answer that was cut, what came.
    package var body: [UInt8] = []

    /// The first value of a field, whatever the case of its name.
    package subscript(name: String) -> String? { fields.first(named: name) }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
