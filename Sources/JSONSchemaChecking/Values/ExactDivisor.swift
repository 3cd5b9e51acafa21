/// What numbers have to be multiples of: at most 18 digits and a power of ten.
struct ExactDivisor: Sendable {
    /// More than nothing, less than 10 to the 18th.
    let digits: UInt64
    /// The power of ten that the digits are for.
    let exponent: Int

    /// `nil` unless `number` is more than nothing and has at most 18 digits.
    init?(_ number: ExactDecimal) {
        guard number.isPositive, let parts = number.shortDigits else { return nil }
        (digits, exponent) = parts
    }
}
