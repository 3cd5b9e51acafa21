/// One bare value of a structured field (RFC 9651, section 3.3).
package enum StructuredValue: Sendable, Equatable {
    /// A whole number of at most 15 digits.
    case integer(Int64)
    /// A number with three digits behind the point, counted in thousandths; at most 12 digits before it.
    case decimal(thousandths: Int64)
    /// Visible ASCII and spaces.
    case string(String)
    /// A bare word.
    case token(String)
    /// Bytes, in base 64 on the wire.
    case bytes([UInt8])
    /// `?1` or `?0`.
    case boolean(Bool)
    /// Seconds since 1970.
    case date(Int64)
    /// Text of any characters, for people.
    case displayString(String)
}
