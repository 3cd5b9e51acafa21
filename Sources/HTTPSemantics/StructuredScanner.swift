/// A place in a structured field, and the steps that read from there (RFC 9651, section 4.2).
struct StructuredScanner {
    /// The most parameters of one item: four times what RFC 9651 demands, and few enough to compare each with each.
    private static let mostParameters = 1_024

    private let bytes: [UInt8]
    private var position = 0

    /// Starts behind leading spaces; lines are joined by `, `, and trailing spaces left out.
    init(_ lines: [[UInt8]]) {
        var joined = lines.count == 1 ? lines[0] : Array(lines.joined(separator: [ASCII.comma, ASCII.space]))
        while joined.last == ASCII.space { joined.removeLast() }
        bytes = joined
        skipSpaces()
    }

    /// Whether everything was read.
    var isAtEnd: Bool { position == bytes.count }

    /// The fault that reading cannot go on here.
    var fault: StructuredFieldFault { StructuredFieldFault(offset: position) }

    /// The next byte.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes `byte` if it comes next; whether it did.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes the next byte, whatever it is.
    mutating func takeAny() throws(StructuredFieldFault) -> UInt8 {
        guard let byte = next else { throw fault }
        position += 1
        return byte
    }

    /// Takes the bytes that satisfy `isWanted`.
    mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, isWanted(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// Fails unless everything was read.
    func finish() throws(StructuredFieldFault) {
        guard isAtEnd else { throw fault }
    }

    /// Takes a comma with the white space around it, behind which something must follow; `false` at the end.
    mutating func separator() throws(StructuredFieldFault) -> Bool {
        _ = take(while: ASCII.isBlank)
        if isAtEnd { return false }
        guard take(ASCII.comma) else { throw fault }
        _ = take(while: ASCII.isBlank)
        guard !isAtEnd else { throw fault }
        return true
    }

    /// Reads an item or an inner list.
    mutating func member() throws(StructuredFieldFault) -> StructuredMember {
        guard take(0x28) else { return .item(try item()) }
        var items: [StructuredItem] = []
        while true {
            skipSpaces()
            if take(0x29) { return .innerList(items, try parameters()) }
            items.append(try item())
            guard next == ASCII.space || next == 0x29 else { throw fault }
        }
    }

    /// Reads a value with its parameters.
    mutating func item() throws(StructuredFieldFault) -> StructuredItem {
        let value = try value()
        return StructuredItem(value, try parameters())
    }

    /// Reads parameters, of which there may be none.
    mutating func parameters() throws(StructuredFieldFault) -> StructuredParameters {
        var parameters = StructuredParameters()
        while take(ASCII.semicolon) {
            guard parameters.all.count < Self.mostParameters else { throw fault }
            skipSpaces()
            let key = try key()
            parameters.set(key, to: take(ASCII.equals) ? try value() : .boolean(true))
        }
        return parameters
    }

    /// Reads a key.
    mutating func key() throws(StructuredFieldFault) -> String {
        guard let first = next, Self.isLowercase(first) || first == ASCII.star else { throw fault }
        return Self.text(take(while: Self.isKeyCharacter))
    }

    /// ASCII bytes as text.
    static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Whether `byte` may stand in a key, behind its first character.
    static func isKeyCharacter(_ byte: UInt8) -> Bool {
        isLowercase(byte) || ASCII.isDigit(byte) || byte == 0x5F || byte == ASCII.minus || byte == ASCII.dot
            || byte == ASCII.star
    }

    /// Whether `byte` may stand in a token, behind its first character.
    static func isTokenCharacter(_ byte: UInt8) -> Bool {
        ASCII.isTokenCharacter(byte) || byte == ASCII.colon || byte == ASCII.slash
    }

    /// Whether `byte` is `a` to `z`.
    static func isLowercase(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    private mutating func skipSpaces() {
        while next == ASCII.space { position += 1 }
    }
}
