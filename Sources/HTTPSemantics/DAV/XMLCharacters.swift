/// Which bytes and characters XML is made of (XML 1.0, fifth edition, sections 2.2 and 2.3).
enum XMLCharacters {
    /// Where the text begins, behind a byte order mark; everything from there on is UTF-8 of characters that XML
    /// allows.
    static func start(of bytes: [UInt8]) throws(XMLFault) -> Int {
        let marks: [[UInt8]] = [[0xFE, 0xFF], [0xFF, 0xFE]]
        guard !marks.contains(Array(bytes.prefix(2))), !bytes.prefix(4).contains(0) else {
            throw XMLFault(.wideEncoding, at: 0)
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) ? 3 : 0
        var index = start
        while index < bytes.count {
            if bytes[index] >= 0x20, bytes[index] < 0x80 {
                index += 1
                continue
            }
            guard let (value, width) = decode(bytes, at: index) else { throw XMLFault(.notUTF8, at: index) }
            guard isAllowed(value) else { throw XMLFault(.forbiddenCharacter, at: index) }
            index += width
        }
        return start
    }

    /// The character at `index` and how many bytes it takes; `nil` if there is none in UTF-8.
    static func decode(_ bytes: [UInt8], at index: Int) -> (value: UInt32, width: Int)? {
        guard index >= 0, index < bytes.count else { return nil }
        let first = UInt32(bytes[index])
        let width: Int
        let least: UInt32
        switch first {
        case 0..<0x80: return (first, 1)
        case 0xC2...0xDF: (width, least) = (2, 0x80)
        case 0xE0...0xEF: (width, least) = (3, 0x800)
        case 0xF0...0xF4: (width, least) = (4, 0x1_0000)
        default: return nil
        }
        guard bytes.count - index >= width else { return nil }
        var value = first & (0x7F >> UInt32(width))
        for byte in bytes[(index + 1)..<(index + width)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, Unicode.Scalar(value) != nil else { return nil }
        return (value, width)
    }

    /// Whether XML allows the character in any place.
    static func isAllowed(_ value: UInt32) -> Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Whether the byte is white space of XML.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x9 || byte == 0xA || byte == 0xD }

    /// Whether a name, or a part of it beside a colon, may start with the character.
    static func startsName(_ value: UInt32) -> Bool {
        switch value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x1_0000...0xE_FFFF:
            true
        default: false
        }
    }

    /// Whether the character may stand in a name, colons apart.
    static func continuesName(_ value: UInt32) -> Bool {
        switch value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: startsName(value)
        }
    }
}
