/// Refuses texts that nest so deep that reading them could exhaust the stack.
enum NestingGuard {
    /// Levels allowed; a real configuration has about ten.
    static let deepest = 100

    /// The line on which the text nests too deep, if it does.
    ///
    /// Counts generously, without a full parse: open brackets, and indentation with its list dashes.
    static func firstLineTooDeep(in text: String) -> Int? {
        var line = 1
        var brackets = 0
        var indicators = 0
        var isAtLineStart = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                indicators = 0
                isAtLineStart = true
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
            default: break
            }
            if isAtLineStart {
                if opensLevels(byte) { indicators += 1 } else { isAtLineStart = false }
            }
            // Each level of indentation takes two columns in practice and one at least; dashes take two.
            if brackets > deepest || indicators > 2 * deepest { return line }
        }
        return nil
    }

    private static func opensLevels(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":")].contains(byte)
    }
}
