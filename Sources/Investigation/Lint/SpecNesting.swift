/// Refuses texts that nest so deep that reading them could exhaust the stack.
enum SpecNesting {
    /// Levels allowed; a real description has some thirty.
    static let deepest = 100

    /// The line on which the text nests too deep, if it does.
    ///
    /// Counts without a full parse: brackets where one can begin a list or map, and indentation with its dashes.
    static func firstLineTooDeep(in text: String) -> Int? {
        var line = 1
        var brackets = 0
        var indicators = 0
        var isAtLineStart = true
        var previous = UInt8(ascii: "\n")
        for byte in text.utf8 {
            defer { previous = byte }
            if byte == 0x0A {
                line += 1
                indicators = 0
                isAtLineStart = true
                continue
            }
            if isAtLineStart, indicators == 0, isLetter(byte) { brackets = 0 }
            brackets += change(byte, after: previous, brackets)
            if isAtLineStart {
                if " \t-?:".utf8.contains(byte) { indicators += 1 } else { isAtLineStart = false }
            }
            // Each level of indentation takes two columns in practice and one at least; dashes take two.
            if brackets > deepest || indicators > 2 * deepest { return line }
        }
        return nil
    }

    private static func change(_ byte: UInt8, after previous: UInt8, _ brackets: Int) -> Int {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): previous <= 0x20 || "[{,:-".utf8.contains(previous) ? 1 : 0
        case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets > 0 ? -1 : 0
        default: 0
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
