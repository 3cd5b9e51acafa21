extension JSONScanner {
    /// Reads the string whose opening quote is here.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONFault) -> String {
        let start = position
        position += 1
        while true {
            position = PlainRun.end(bytes, from: position)
            guard position < bytes.count else { break }
            let byte = bytes[position]
            if byte == ASCII.quote {
                let text = try Self.text(bytes, (start + 1)..<position)
                position += 1
                return text
            }
            if byte == ASCII.backslash { return try escapedString(bytes, start: start) }
            if byte < 0x20 { throw JSONFault(.controlCharacter, at: position) }
            position &+= 1
        }
        throw JSONFault(.endsEarly, at: position)
    }

    /// Goes on with a string in which the first backslash is here.
    private mutating func escapedString(_ bytes: Span<UInt8>, start: Int) throws(JSONFault) -> String {
        var output: [UInt8] = []
        for index in (start + 1)..<position { output.append(bytes[index]) }
        while position < bytes.count {
            let byte = bytes[position]
            if byte == ASCII.quote {
                guard let text = String(validating: output, as: UTF8.self) else { throw JSONFault(.notUTF8, at: start) }
                position += 1
                return text
            }
            if byte < 0x20 { throw JSONFault(.controlCharacter, at: position) }
            if byte == ASCII.backslash {
                try escape(bytes, to: &output)
            } else {
                output.append(byte)
                position &+= 1
            }
        }
        throw JSONFault(.endsEarly, at: position)
    }

    private mutating func escape(_ bytes: Span<UInt8>, to output: inout [UInt8]) throws(JSONFault) {
        let start = position
        guard position + 1 < bytes.count else { throw JSONFault(.endsEarly, at: bytes.count) }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case ASCII.quote, ASCII.backslash, ASCII.slash: output.append(letter)
        case 0x62: output.append(0x08)
        case 0x66: output.append(0x0C)
        case 0x6E: output.append(0x0A)
        case 0x72: output.append(0x0D)
        case 0x74: output.append(0x09)
        case 0x75: output += try scalar(bytes, start: start).utf8Bytes
        default: throw JSONFault(.malformedEscape, at: start)
        }
    }

    /// Reads the digits behind `\u`, and the second half of a surrogate pair.
    private mutating func scalar(_ bytes: Span<UInt8>, start: Int) throws(JSONFault) -> Unicode.Scalar {
        let first = try codeUnit(bytes, start: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let behind = position
        if first & 0xFC00 == 0xD800, position + 1 < bytes.count, bytes[position] == ASCII.backslash,
            bytes[position + 1] == 0x75
        {
            position += 2
            let second = try codeUnit(bytes, start: start)
            let pair = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF))
            if second & 0xFC00 == 0xDC00, let pair { return pair }
        }
        guard replacesHalves else { throw JSONFault(.malformedEscape, at: start) }
        // What stands behind the half is a character of its own.
        position = behind
        return "\u{FFFD}"
    }

    private mutating func codeUnit(_ bytes: Span<UInt8>, start: Int) throws(JSONFault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw JSONFault(.endsEarly, at: bytes.count) }
        var value: UInt32 = 0
        for index in position..<(position + 4) {
            guard let digit = ASCII.hexValue(bytes[index]) else { throw JSONFault(.malformedEscape, at: start) }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONFault) -> String {
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            throw JSONFault(.notUTF8, at: range.lowerBound)
        }
    }
}

extension Unicode.Scalar {
    /// The scalar in UTF-8.
    fileprivate var utf8Bytes: [UInt8] { Array(UTF8.encode(self) ?? UTF8.encodedReplacementCharacter) }
}
