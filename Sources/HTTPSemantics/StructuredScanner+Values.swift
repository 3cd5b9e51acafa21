extension StructuredScanner {
    /// Reads a value without parameters.
    mutating func value() throws(StructuredFieldFault) -> StructuredValue {
        guard let first = next else { throw fault }
        switch first {
        case ASCII.minus, 0x30...0x39: return try number()
        case ASCII.quote: return .string(try string())
        case ASCII.colon: return .bytes(try byteSequence())
        case 0x3F: return .boolean(try boolean())
        case 0x40: return .date(try date())
        case ASCII.percent: return .displayString(try displayString())
        case _ where ASCII.isLetter(first) || first == ASCII.star:
            return .token(Self.text(take(while: Self.isTokenCharacter)))
        default: throw fault
        }
    }

    private mutating func number() throws(StructuredFieldFault) -> StructuredValue {
        let isNegative = take(ASCII.minus)
        let whole = take(while: ASCII.isDigit)
        guard !whole.isEmpty else { throw fault }
        guard next == ASCII.dot else {
            guard whole.count <= 15 else { throw fault }
            return .integer(Self.number(whole) * (isNegative ? -1 : 1))
        }
        guard whole.count <= 12 else { throw fault }
        _ = take(ASCII.dot)
        let fraction = take(while: ASCII.isDigit)
        guard (1...3).contains(fraction.count) else { throw fault }
        let scale: Int64 = fraction.count == 1 ? 100 : fraction.count == 2 ? 10 : 1
        return .decimal(
            thousandths: (Self.number(whole) * 1_000 + Self.number(fraction) * scale) * (isNegative ? -1 : 1)
        )
    }

    private mutating func string() throws(StructuredFieldFault) -> String {
        _ = take(ASCII.quote)
        var output: [UInt8] = []
        while true {
            let byte = try takeAny()
            switch byte {
            case ASCII.quote:
                return Self.text(output[...])
            case ASCII.backslash:
                guard next == ASCII.quote || next == ASCII.backslash else { throw fault }
                output.append(try takeAny())
            case 0x20...0x7E:
                output.append(byte)
            default:
                throw fault
            }
        }
    }

    private mutating func byteSequence() throws(StructuredFieldFault) -> [UInt8] {
        _ = take(ASCII.colon)
        let encoded = take { $0 != ASCII.colon }
        guard take(ASCII.colon), let bytes = Base64.bytes(of: encoded) else { throw fault }
        return bytes
    }

    private mutating func boolean() throws(StructuredFieldFault) -> Bool {
        _ = take(0x3F)
        switch try takeAny() {
        case 0x31: return true
        case 0x30: return false
        default: throw fault
        }
    }

    private mutating func date() throws(StructuredFieldFault) -> Int64 {
        _ = take(0x40)
        guard next.map({ $0 == ASCII.minus || ASCII.isDigit($0) }) == true,
            case .integer(let seconds) = try number()
        else { throw fault }
        return seconds
    }

    private mutating func displayString() throws(StructuredFieldFault) -> String {
        _ = take(ASCII.percent)
        guard take(ASCII.quote) else { throw fault }
        var output: [UInt8] = []
        while true {
            let byte = try takeAny()
            switch byte {
            case ASCII.quote:
                guard let text = String(validating: output, as: UTF8.self) else { throw fault }
                return text
            case ASCII.percent:
                let high = try lowercaseHex()
                output.append(high << 4 | (try lowercaseHex()))
            case 0x20...0x7E:
                output.append(byte)
            default:
                throw fault
            }
        }
    }

    private mutating func lowercaseHex() throws(StructuredFieldFault) -> UInt8 {
        let byte = try takeAny()
        guard ASCII.isDigit(byte) || Self.isLowercase(byte), let digit = ASCII.hexValue(byte) else { throw fault }
        return digit
    }

    /// The number of at most 15 digits.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
    }
}
