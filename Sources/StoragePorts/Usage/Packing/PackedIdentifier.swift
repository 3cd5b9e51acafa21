/// Where a block keeps a text that hardly two calls share: 16 bytes if it is a UUID, else the text.
struct PackedIdentifier {
    /// The bytes in the block.
    let place: Range<Int>
    /// Whether they are those of a UUID.
    let isUUID: Bool

    private static let length = 36
    private static let size = 16

    /// Adds `text` to `bytes`.
    static func append(_ text: String?, to bytes: inout [UInt8]) {
        guard let text else { return bytes.append(0) }
        if appendUUID(text, to: &bytes) { return }
        let kept = text.utf8
        bytes.appendShort(UInt64(kept.count) &+ 2)
        bytes.append(contentsOf: kept)
    }

    /// Reads what was added; `nil` if there was no text.
    static func read(_ reader: inout PackedReader) throws(DamagedBlock) -> Self? {
        switch try reader.count(upTo: reader.left &+ 1) {
        case 0: nil
        case 1: Self(place: try reader.skip(size), isUUID: true)
        case let tag: Self(place: try reader.skip(tag - 2), isUUID: false)
        }
    }

    /// The text, of the block of `bytes` in which it is.
    func text(in bytes: [UInt8]) -> String {
        guard isUUID else { return String(decoding: bytes[place], as: UTF8.self) }
        var letters: [UInt8] = []
        letters.reserveCapacity(Self.length)
        for (index, byte) in bytes[place].enumerated() {
            if Self.hasDash(before: index) { letters.append(0x2D) }
            letters.append(Self.digit(byte >> 4))
            letters.append(Self.digit(byte & 15))
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Adds `text` if it is a UUID as RFC 9562 writes it, in lower case (section 4); else adds nothing.
    private static func appendUUID(_ text: String, to bytes: inout [UInt8]) -> Bool {
        let letters = text.utf8Span.span
        guard letters.count == length else { return false }
        let start = bytes.count
        bytes.append(1)
        var next = 0
        for index in 0..<size {
            if hasDash(before: index) {
                guard letters[next] == 0x2D else { break }
                next += 1
            }
            guard let high = value(letters[next]), let low = value(letters[next + 1]) else { break }
            bytes.append(high << 4 | low)
            next += 2
        }
        if next == length { return true }
        bytes.removeSubrange(start...)
        return false
    }

    private static func hasDash(before index: Int) -> Bool { index == 4 || index == 6 || index == 8 || index == 10 }

    private static func value(_ letter: UInt8) -> UInt8? {
        if letter &- 0x30 < 10 { return letter &- 0x30 }
        return letter &- 0x61 < 6 ? letter &- 0x57 : nil
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value &+ 0x30 : value &+ 0x57 }
}
