import HTTPSemantics

/// A sum of decimal numbers without any rounding.
///
/// Each digit must stand for a power of ten from −400 to 399, which bounds the work; other numbers are not taken.
struct DecimalSum {
    /// How many digits there may be on either side of the point.
    private static let reach = 400
    /// A longer text is not looked at; digits beyond the reach would be zeros.
    private static let longestText = 2_000

    /// What stands at each power of ten, the lowest first; beyond 0…9 until the sum is carried.
    private var columns = [Int](repeating: 0, count: 2 * reach + 2)

    /// Adds `number`; returns whether it could be taken.
    mutating func add(_ number: JSONNumber) -> Bool { accumulate(number, times: 1) }

    /// Subtracts `number`; returns whether it could be taken.
    mutating func subtract(_ number: JSONNumber) -> Bool { accumulate(number, times: -1) }

    /// The sum, without an exponent and without needless zeros.
    var number: JSONNumber? {
        let (digits, isNegative) = carried
        guard let text = Self.text(of: digits, isNegative: isNegative) else { return JSONNumber(0) }
        // By way of the parser, since it alone makes numbers of texts.
        guard case .number(let number) = try? JSONParser.parse(text) else { return nil }
        return number
    }

    private mutating func accumulate(_ number: JSONNumber, times factor: Int) -> Bool {
        guard let decimal = WrittenDecimal(number.text, longest: Self.longestText) else { return false }
        guard let lowest = decimal.lowestPower else { return true }
        guard lowest >= -Self.reach, lowest + decimal.digits.count <= Self.reach else { return false }
        let sign = decimal.isNegative ? -factor : factor
        for (index, digit) in decimal.digits.reversed().enumerated() {
            columns[lowest + Self.reach + index] += sign * digit
        }
        return true
    }

    /// The digits of the absolute value, the lowest first, and the sign.
    private var carried: (digits: [Int], isNegative: Bool) {
        var digits = columns
        guard Self.carry(&digits) < 0 else { return (digits, false) }
        digits = columns.map { -$0 }
        Self.carry(&digits)
        return (digits, true)
    }

    /// Brings each digit to 0…9; returns what is left beyond the last one, which is negative if the sum is.
    @discardableResult
    private static func carry(_ digits: inout [Int]) -> Int {
        var carry = 0
        for index in digits.indices {
            let value = digits[index] + carry
            carry = value >= 0 ? value / 10 : (value - 9) / 10
            digits[index] = value - 10 * carry
        }
        return carry
    }

    /// The number as text; `nil` for zero.
    private static func text(of digits: [Int], isNegative: Bool) -> [UInt8]? {
        guard let lowest = digits.firstIndex(where: { $0 != 0 }), let highest = digits.lastIndex(where: { $0 != 0 })
        else { return nil }
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        for index in stride(from: max(highest, reach), through: min(lowest, reach), by: -1) {
            if index == reach - 1 { text.append(UInt8(ascii: ".")) }
            text.append(UInt8(ascii: "0") + UInt8(digits[index]))
        }
        return text
    }
}
