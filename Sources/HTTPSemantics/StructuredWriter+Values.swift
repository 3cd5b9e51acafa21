extension StructuredWriter {
    /// Appends `text` in quotes, escaped; characters that a structured string cannot hold come out as `?`.
    package static func appendString(_ text: String, to output: inout [UInt8]) {
        output.append(ASCII.quote)
        for byte in text.utf8 {
            if byte == ASCII.quote || byte == ASCII.backslash { output.append(ASCII.backslash) }
            output.append((0x20...0x7E).contains(byte) ? byte : 0x3F)
        }
        output.append(ASCII.quote)
    }

    /// Appends a value without parameters.
    static func append(_ value: StructuredValue, to output: inout [UInt8]) throws(Unwritable) {
        switch value {
        case .integer(let number):
            try appendInteger(number, to: &output)
        case .decimal(let thousandths):
            try appendDecimal(thousandths, to: &output)
        case .string(let text):
            guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw Unwritable() }
            appendString(text, to: &output)
        case .token(let text):
            guard let first = text.utf8.first, ASCII.isLetter(first) || first == ASCII.star,
                text.utf8.allSatisfy(StructuredScanner.isTokenCharacter)
            else { throw Unwritable() }
            output += text.utf8
        case .bytes(let bytes):
            output.append(ASCII.colon)
            Base64.append(bytes, to: &output)
            output.append(ASCII.colon)
        case .boolean(let truth):
            output += [0x3F, truth ? 0x31 : 0x30]
        case .date(let seconds):
            output.append(0x40)
            try appendInteger(seconds, to: &output)
        case .displayString(let text):
            appendDisplayString(text, to: &output)
        }
    }

    private static func appendInteger(_ number: Int64, to output: inout [UInt8]) throws(Unwritable) {
        guard number.magnitude <= 999_999_999_999_999 else { throw Unwritable() }
        ASCII.appendDecimal(number, to: &output)
    }

    private static func appendDecimal(_ thousandths: Int64, to output: inout [UInt8]) throws(Unwritable) {
        let magnitude = thousandths.magnitude
        guard magnitude <= 999_999_999_999_999 else { throw Unwritable() }
        if thousandths < 0 { output.append(ASCII.minus) }
        ASCII.appendDecimal(Int64(magnitude / 1_000), to: &output)
        output.append(ASCII.dot)
        ASCII.appendPadded(Int(magnitude % 1_000), width: 3, to: &output)
        // One digit behind the point must stay, further zeros must not.
        for _ in 0..<2 where output.last == 0x30 { output.removeLast() }
    }

    private static func appendDisplayString(_ text: String, to output: inout [UInt8]) {
        output += [ASCII.percent, ASCII.quote]
        for byte in text.utf8 {
            if byte == ASCII.percent || byte == ASCII.quote || !(0x20...0x7E).contains(byte) {
                output += [ASCII.percent, ASCII.lowerHex(byte >> 4), ASCII.lowerHex(byte)]
            } else {
                output.append(byte)
            }
        }
        output.append(ASCII.quote)
    }
}
