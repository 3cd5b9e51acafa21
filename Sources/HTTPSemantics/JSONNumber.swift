/// A number of a JSON text, kept as it was written, since no binary type holds them all.
package struct JSONNumber: Sendable, Hashable {
    /// The number as written, by the grammar of RFC 8259, section 6.
    package let text: [UInt8]

    /// A number whose text is known to follow the grammar.
    init(text: [UInt8]) { self.text = text }

    /// A whole number.
    package init(_ value: some BinaryInteger) {
        self.text = Array(String(value).utf8)
    }

    /// The number if it is whole and fits, written with or without fraction and exponent.
    package var integer: Int? {
        if let plain { return plain }
        let decimal = Decimal(text)
        guard let exponent = decimal.exponent, (0...19).contains(exponent) else { return nil }
        var value = 0
        for digit in decimal.digits + Array(repeating: 0x30, count: exponent) {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let number = Int(digit &- 0x30)
            let (sum, overflowToo) = scaled.addingReportingOverflow(decimal.isNegative ? -number : number)
            if overflow || overflowToo { return nil }
            value = sum
        }
        return value
    }

    /// The number where it is written as digits alone, few enough to fit whatever they are.
    private var plain: Int? {
        guard text.count <= 18 else { return nil }
        var value = 0
        for byte in text {
            guard ASCII.isDigit(byte) else { return nil }
            value = value &* 10 &+ Int(byte &- 0x30)
        }
        return value
    }

    /// The nearest binary floating-point number.
    package var double: Double { Double(String(decoding: text, as: UTF8.self)) ?? .nan }

    /// One text for all ways of writing the same number; numbers beyond all reason stay as they were written.
    package var canonicalText: [UInt8] {
        let decimal = Decimal(text)
        guard let exponent = decimal.exponent else { return text }
        guard !decimal.digits.isEmpty else { return [0x30] }
        let sign: [UInt8] = decimal.isNegative ? [ASCII.minus] : []
        return sign + decimal.digits + (exponent == 0 ? [] : Array("e\(exponent)".utf8))
    }

    /// Whether both are the same number, however written: `1`, `1.0` and `10e-1` are, and so are `0` and `-0`.
    package static func == (left: Self, right: Self) -> Bool {
        if left.text == right.text { return true }
        let (a, b) = (Decimal(left.text), Decimal(right.text))
        return a.exponent != nil && a == b
    }

    /// Equal numbers hash alike.
    package func hash(into hasher: inout Hasher) {
        let decimal = Decimal(text)
        hasher.combine(decimal.digits)
        hasher.combine(decimal.exponent)
    }
}

extension JSONNumber {
    /// A number as sign, digits without zeros at either end, and a power of ten; exact.
    private struct Decimal: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        /// `nil` for exponents beyond all reason; such numbers equal nothing but the same text.
        var exponent: Int? = 0

        init(_ text: [UInt8]) {
            var pointOffset = 0
            var hasPoint = false
            var exponentText: ArraySlice<UInt8> = []
            for (index, byte) in text.enumerated() {
                if byte == ASCII.minus {
                    isNegative = true
                } else if byte == ASCII.dot {
                    hasPoint = true
                } else if ASCII.isDigit(byte) {
                    if !(digits.isEmpty && byte == 0x30) { digits.append(byte) }
                    if hasPoint { pointOffset -= 1 }
                } else {
                    exponentText = text[(index + 1)...]
                    break
                }
            }
            while digits.last == 0x30 {
                digits.removeLast()
                pointOffset += 1
            }
            if digits.isEmpty {
                isNegative = false
            } else {
                exponent = Self.sum(pointOffset, exponentText)
            }
        }

        private static func sum(_ offset: Int, _ exponent: ArraySlice<UInt8>) -> Int? {
            guard !exponent.isEmpty else { return offset }
            let digits = exponent.first == ASCII.plus ? exponent.dropFirst() : exponent
            guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            let (sum, overflow) = offset.addingReportingOverflow(value)
            return overflow ? nil : sum
        }
    }
}
