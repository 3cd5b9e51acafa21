/// Tells when the pieces of a call's arguments make up a whole JSON object, by counting brackets outside strings.
struct ArgumentScan {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether an object has begun and ended.
    private(set) var isComplete = false

    /// Nothing seen yet.
    init() {}

    /// Takes the next piece.
    mutating func take(_ piece: String) {
        for byte in piece.utf8 where !isComplete { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x22 {
                isInString = false
            }
            return
        }
        switch byte {
        case 0x22: isInString = true
        case 0x7B, 0x5B: depth += 1
        case 0x7D, 0x5D:
            depth -= 1
            isComplete = depth <= 0
        default: break
        }
    }
}
