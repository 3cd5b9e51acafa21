extension XMLReader {
    /// Reads text up to the next `<` or the end.
    mutating func characterData() throws(XMLFault) -> [UInt8] {
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != ASCII.less {
            if bytes[position] == ASCII.ampersand {
                guard depth > 0 else { throw XMLFault(.outsideRoot, at: position) }
                text += try reference()
                continue
            }
            guard !ASCII.holds(bytes, at: position, "]]>") else { throw fault() }
            text.append(bytes[position])
            position += 1
        }
        return text
    }

    /// Reads a `<![CDATA[` section.
    mutating func section() throws(XMLFault) -> [UInt8] {
        let start = position + 9
        try skip(to: "]]>", from: start)
        return Array(bytes[start..<(position - 3)])
    }

    /// Reads a reference to a character, by its number or one of the five names.
    mutating func reference() throws(XMLFault) -> [UInt8] {
        let start = position
        let longest = 16
        guard let length = bytes[start...].prefix(longest).firstIndex(of: ASCII.semicolon) else {
            throw XMLFault(bytes.count - start < longest ? .endsEarly : .unknownEntity, at: start)
        }
        let name = bytes[(start + 1)..<length]
        position = length + 1
        if name.first == ASCII.number {
            guard let bytes = Self.character(name.dropFirst()) else { throw XMLFault(.malformed, at: start) }
            return bytes
        }
        return switch String(decoding: name, as: UTF8.self) {
        case "amp": [ASCII.ampersand]
        case "lt": [ASCII.less]
        case "gt": [ASCII.greater]
        case "quot": [ASCII.quote]
        case "apos": [ASCII.apostrophe]
        default: throw XMLFault(.unknownEntity, at: start)
        }
    }

    /// Passes over a comment or an instruction; false if neither starts here.
    mutating func skipMarkup() throws(XMLFault) -> Bool {
        let start = position
        if ASCII.holds(bytes, at: start, "<!--") {
            try skip(to: "--", from: start + 4)
            guard position < bytes.count, bytes[position] == ASCII.greater else { throw fault() }
            position += 1
            return true
        }
        if ASCII.holds(bytes, at: start, "<!DOCTYPE") { throw XMLFault(.documentType, at: start) }
        if ASCII.holds(bytes, at: start, "<!") { throw XMLFault(.malformed, at: start) }
        guard ASCII.holds(bytes, at: start, "<?") else { return false }
        position += 2
        let (prefix, local) = try name()
        guard prefix.isEmpty, !ASCII.equalsIgnoringCase(local, "xml") else { throw XMLFault(.malformed, at: start) }
        if ASCII.holds(bytes, at: position, "?>") {
            position += 2
            return true
        }
        guard skipSpace() else { throw fault() }
        try skip(to: "?>", from: position)
        return true
    }

    /// Reads `<?xml version="1.0" …?>` if the document starts with it.
    mutating func readDeclaration() throws(XMLFault) {
        let start = position
        guard ASCII.holds(bytes, at: start, "<?xml"), start + 5 < bytes.count,
            XMLCharacters.isSpace(bytes[start + 5])
        else { return }
        position += 5
        guard let version = try declared("version") else { throw fault() }
        guard version.starts(with: "1.".utf8), version.count > 2, version.dropFirst(2).allSatisfy(ASCII.isDigit) else {
            throw XMLFault(.malformed, at: start)
        }
        if let encoding = try declared("encoding") {
            guard ASCII.equalsIgnoringCase(encoding, "utf-8") || ASCII.equalsIgnoringCase(encoding, "us-ascii") else {
                throw XMLFault(.otherEncoding, at: start)
            }
        }
        if let standalone = try declared("standalone") {
            guard standalone.elementsEqual("yes".utf8) || standalone.elementsEqual("no".utf8) else {
                throw XMLFault(.malformed, at: start)
            }
        }
        skipSpace()
        guard ASCII.holds(bytes, at: position, "?>") else { throw fault() }
        position += 2
    }

    /// Reads one part of the declaration; `nil` if another one, or none, comes next.
    private mutating func declared(_ name: StaticString) throws(XMLFault) -> ArraySlice<UInt8>? {
        let start = position
        guard skipSpace(), ASCII.holds(bytes, at: position, name) else {
            position = start
            return nil
        }
        position += name.utf8CodeUnitCount
        skipSpace()
        guard position < bytes.count, bytes[position] == ASCII.equals else { throw fault() }
        position += 1
        skipSpace()
        guard position < bytes.count, bytes[position] == ASCII.quote || bytes[position] == ASCII.apostrophe,
            let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
        else { throw fault() }
        defer { position = end + 1 }
        return bytes[(position + 1)..<end]
    }

    /// Moves behind the next `mark` from `start` on.
    private mutating func skip(to mark: StaticString, from start: Int) throws(XMLFault) {
        position = start
        while position < bytes.count {
            if ASCII.holds(bytes, at: position, mark) {
                position += mark.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw XMLFault(.endsEarly, at: bytes.count)
    }

    /// The character of a number, decimal or behind `x` hexadecimal, in UTF-8.
    private static func character(_ number: ArraySlice<UInt8>) -> [UInt8]? {
        let isHexadecimal = number.first == 0x78
        let digits = isHexadecimal ? number.dropFirst() : number
        guard !digits.isEmpty else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            guard let digit = ASCII.hexValue(byte), isHexadecimal || digit < 10, value <= 0x10_FFFF else { return nil }
            value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
        }
        guard XMLCharacters.isAllowed(value), let scalar = Unicode.Scalar(value) else { return nil }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
