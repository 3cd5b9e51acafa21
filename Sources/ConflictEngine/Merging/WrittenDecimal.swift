/// A number of a JSON text as its digits and where they stand.
struct WrittenDecimal {
    /// Whether there is a minus sign.
    private(set) var isNegative = false
    /// The digits, the highest first, without zeros at either end; none for zero.
    private(set) var digits: [Int] = []
    /// The power of ten of the last digit; `nil` for zero.
    private(set) var lowestPower: Int?

    /// Greater exponents are not taken: they would lie beyond any reach.
    private static let greatestExponent = 1_000_000

    /// Reads `text`, known to follow the grammar of RFC 8259, section 6.
    ///
    /// `nil` if it is longer than `longest` bytes, or its exponent beyond all reason.
    init?(_ text: [UInt8], longest: Int) {
        guard text.count <= longest else { return nil }
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        var power = 0
        var isFraction = false
        for byte in parts.first ?? [] {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            default:
                digits.append(Int(byte) - 0x30)
                if isFraction { power -= 1 }
            }
        }
        trim(&power)
        guard !digits.isEmpty else { return }
        if parts.count == 2 {
            guard let exponent = Int(String(decoding: parts[1], as: UTF8.self)),
                exponent.magnitude <= Self.greatestExponent
            else { return nil }
            power += exponent
        }
        lowestPower = power
    }

    private mutating func trim(_ power: inout Int) {
        while digits.last == 0 {
            digits.removeLast()
            power += 1
        }
        digits.removeFirst(digits.prefix { $0 == 0 }.count)
    }
}
