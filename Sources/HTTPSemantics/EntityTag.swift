/// One entity tag: the name of a version in HTTP (RFC 9110, section 8.8.3).
package struct EntityTag: Hashable, Sendable {
    /// Whether the tag stays the same across changes that its maker deems equivalent (`W/`).
    package let isWeak: Bool
    /// What stands between the quotes; compared octet by octet, never decoded.
    package let opaque: [UInt8]

    /// A tag of parts that are already known to be well-formed.
    init(isWeak: Bool, opaque: [UInt8]) {
        self.isWeak = isWeak
        self.opaque = opaque
    }

    /// A strong tag; bytes that no tag may hold (quotes, spaces, controls) are left out.
    package init(strong opaque: [UInt8]) {
        self.isWeak = false
        self.opaque = opaque.allSatisfy(Self.isTagCharacter) ? opaque : opaque.filter(Self.isTagCharacter)
    }

    /// Reads a field value that is exactly one tag, with white space around it allowed; otherwise `nil`.
    package init?(field: [UInt8]) {
        var position = 0
        while position < field.count, ASCII.isBlank(field[position]) { position += 1 }
        guard let tag = Self.scan(field, at: &position) else { return nil }
        while position < field.count, ASCII.isBlank(field[position]) { position += 1 }
        guard position == field.count else { return nil }
        self = tag
    }

    /// Reads what ``text`` gave; otherwise `nil`.
    package init?(text: String) {
        guard let bytes = Latin1.bytes(text) else { return nil }
        self.init(field: bytes)
    }

    /// A field value with tags as text for people and JSON, byte by byte as in ``text``.
    package static func text(ofField bytes: [UInt8]) -> String { Latin1.text(bytes) }

    /// The tag as it is sent, with quotes and `W/`.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(opaque.count + 4)
        if isWeak { output += [0x57, ASCII.slash] }
        output.append(ASCII.quote)
        output += opaque
        output.append(ASCII.quote)
        return output
    }

    /// The tag as text for people and JSON; bytes from 0x80 on are shown as Latin-1.
    package var text: String { Latin1.text(bytes) }

    /// Strong comparison: neither is weak and the octets are equal (RFC 9110, section 8.8.3.2).
    package func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Weak comparison: the octets are equal, weakness is ignored (RFC 9110, section 8.8.3.2).
    package func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }

    /// Reads one tag that starts at `position`, and moves `position` behind it; `nil` if none starts there.
    static func scan(_ bytes: [UInt8], at position: inout Int) -> EntityTag? {
        var index = position
        let isWeak = index + 1 < bytes.count && bytes[index] == 0x57 && bytes[index + 1] == ASCII.slash
        if isWeak { index += 2 }
        guard index < bytes.count, bytes[index] == ASCII.quote else { return nil }
        let start = index + 1
        index = start
        while index < bytes.count, isTagCharacter(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == ASCII.quote else { return nil }
        position = index + 1
        return EntityTag(isWeak: isWeak, opaque: Array(bytes[start..<index]))
    }

    private static func isTagCharacter(_ byte: UInt8) -> Bool {
        byte == 0x21 || (0x23...0x7E).contains(byte) || byte >= 0x80
    }
}
