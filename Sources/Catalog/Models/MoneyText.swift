/// Amounts of money as decimal text, exactly.
package enum MoneyText {
    /// Picounits (10^-12) in units of the currency: six decimals, up to twelve where they are not zero.
    package static func text(_ picounits: Int128) -> String {
        let (whole, rest) = picounits.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000_000)
        var decimals = UInt64(truncatingIfNeeded: rest)
        var digits = 12
        while digits > 6, decimals % 10 == 0 {
            decimals /= 10
            digits -= 1
        }
        let text = String(decimals)
        let zeros = String(repeating: "0", count: digits - text.utf8.count)
        return (picounits < 0 ? "-" : "") + String(whole) + "." + zeros + text
    }
}
