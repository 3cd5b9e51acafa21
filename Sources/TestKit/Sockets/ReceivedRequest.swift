/// A request as an upstream received it.
package struct ReceivedRequest: Sendable, Equatable {
    /// The method.
    package let method: String
    /// The request target as it stood on the request line.
    package let target: String
    /// The fields in their order.
    package let fields: [HTTPField]
    /// The body.
    package let body: [UInt8]
    /// When its last byte came, in nanoseconds.
    package let at: UInt64

    /// The first value of a field, whatever the case of its name.
    package subscript(name: String) -> String? { fields.first(named: name) }
}
