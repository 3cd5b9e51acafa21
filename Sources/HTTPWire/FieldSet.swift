/// A set of recognised field names, one bit each.
package struct FieldSet: OptionSet, Sendable {
    /// One bit per ``FieldName``.
    package var rawValue: UInt64

    /// The set with these bits.
    @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The set of these names.
    package init(_ names: FieldName...) {
        rawValue = names.reduce(0) { $0 | $1.bit }
    }

    /// Adds one name, without making a set of it first.
    @inlinable package mutating func add(_ name: FieldName) { rawValue |= name.bit }

    /// Whether `name` is in the set.
    @inlinable package func has(_ name: FieldName) -> Bool { rawValue & name.bit != 0 }

    /// Fields that concern one connection only (RFC 9110 §7.6.1, and those that name its framing).
    package static let hopByHop = FieldSet(
        .connection,
        .keepAlive,
        .te,
        .trailer,
        .transferEncoding,
        .upgrade,
        .proxyConnection,
        .proxyAuthenticate,
        .proxyAuthorization
    )
}
