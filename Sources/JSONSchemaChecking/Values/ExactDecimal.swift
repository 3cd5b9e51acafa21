import HTTPSemantics

/// A number as sign, digits and a power of ten, compared and divided without rounding.
///
/// No power of ten is ever written out, so that `1e999999999` costs no more than `1`. Exponents beyond ``farthest`` count
/// as that; numbers of a schema stay below ``farthestInSchema``, so that the answers are exact all the same.
struct ExactDecimal: Sendable {
    /// The largest exponent, either way, that a number of a schema may be written with.
    static let farthestInSchema = 100_000
    private static let farthest = 1 << 50

    private let isNegative: Bool
    /// From 0 to 9 each, without zeros at either end; none is zero.
    private let digits: [UInt8]
    private let exponent: Int

    /// The number that `number` is.
    init(_ number: JSONNumber) {
        var digits: [UInt8] = []
        var exponent = 0
        var hasPoint = false
        var written: ArraySlice<UInt8> = []
        for (index, byte) in number.text.enumerated() {
            if byte &- 0x30 < 10 {
                if !(digits.isEmpty && byte == 0x30) { digits.append(byte &- 0x30) }
                if hasPoint { exponent &-= 1 }
            } else if byte == UInt8(ascii: ".") {
                hasPoint = true
            } else if byte != UInt8(ascii: "-") {
                written = number.text[(index &+ 1)...]
                break
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent &+= 1
        }
        isNegative = !digits.isEmpty && number.text.first == UInt8(ascii: "-")
        self.exponent = digits.isEmpty ? 0 : exponent &+ Self.power(written)
        self.digits = digits
    }

    /// Whether it has no fraction, however it was written.
    var isWhole: Bool { exponent >= 0 }

    /// Whether it is more than nothing.
    var isPositive: Bool { !isNegative && !digits.isEmpty }

    /// Whether it is near enough to 1 to be a limit in a schema.
    var isWithinReason: Bool { abs(exponent) <= Self.farthestInSchema }

    /// Whether it is a whole multiple of `divisor`.
    func isMultiple(of divisor: ExactDivisor) -> Bool {
        guard !digits.isEmpty else { return true }
        let power = exponent &- divisor.exponent
        // The digits end in none that is 0, so ten times the divisor's digits cannot go into them.
        guard power >= 0 else { return false }
        var rest: UInt64 = 0
        for digit in digits { rest = (rest &* 10 &+ UInt64(digit)) % divisor.digits }
        // The divisor has fewer than 64 factors of 2 or of 5, so more tens than that change nothing.
        for _ in 0..<min(power, 64) { rest = rest &* 10 % divisor.digits }
        return rest == 0
    }

    /// The digits as a number and the power of ten they are for, if they are at most 18.
    var shortDigits: (digits: UInt64, exponent: Int)? {
        guard digits.count <= 18 else { return nil }
        return (digits.reduce(0) { $0 &* 10 &+ UInt64($1) }, exponent)
    }

    /// What an exponent's digits, perhaps with a sign, say.
    private static func power(_ text: ArraySlice<UInt8>) -> Int {
        var value = 0
        for byte in text where byte &- 0x30 < 10 { value = min(value &* 10 &+ Int(byte &- 0x30), farthest) }
        return text.first == UInt8(ascii: "-") ? 0 &- value : value
    }
}

extension ExactDecimal: Comparable {
    /// Whether both are the same number, however written.
    static func == (left: Self, right: Self) -> Bool {
        left.isNegative == right.isNegative && left.exponent == right.exponent && left.digits == right.digits
    }

    /// Whether the left one is less.
    static func < (left: Self, right: Self) -> Bool {
        guard left.sign == right.sign else { return left.sign < right.sign }
        return left.isNegative ? right.isShorter(than: left) : left.isShorter(than: right)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Whether it is nearer to nothing.
    private func isShorter(than other: Self) -> Bool {
        let (size, otherSize) = (digits.count &+ exponent, other.digits.count &+ other.exponent)
        return size == otherSize ? digits.lexicographicallyPrecedes(other.digits) : size < otherSize
    }
}
