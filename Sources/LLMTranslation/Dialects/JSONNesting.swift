/// How deep within brackets one is in JSON that comes byte by byte; brackets in strings do not count.
struct JSONNesting {
    /// Brackets that are open; below zero where more were closed than opened.
    private(set) var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Takes the next byte; true if it closes a bracket.
    mutating func take(_ byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x22 {
                isInString = false
            }
            return false
        }
        switch byte {
        case 0x22: isInString = true
        case 0x7B, 0x5B: depth += 1
        case 0x7D, 0x5D:
            depth -= 1
            return true
        default: break
        }
        return false
    }
}
