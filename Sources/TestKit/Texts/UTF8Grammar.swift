/// Whether bytes are UTF-8, by the grammar itself: a reference that shares no code with what it judges.
package enum UTF8Grammar {
    /// Whether `bytes` follow RFC 3629, section 4.
    package static func accepts(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while let first = rest.popFirst() {
            guard first >= 0x80 else { continue }
            guard let tail = tail(of: first), rest.count >= tail.count else { return false }
            guard zip(tail, rest).allSatisfy({ $0.contains($1) }) else { return false }
            rest = rest.dropFirst(tail.count)
        }
        return true
    }

    /// What may follow a first byte; `nil` where it is none.
    private static func tail(of first: UInt8) -> [ClosedRange<UInt8>]? {
        switch first {
        case 0xC2...0xDF: [0x80...0xBF]
        case 0xE0: [0xA0...0xBF, 0x80...0xBF]
        case 0xED: [0x80...0x9F, 0x80...0xBF]
        case 0xE1...0xEF: [0x80...0xBF, 0x80...0xBF]
        case 0xF0: [0x90...0xBF, 0x80...0xBF, 0x80...0xBF]
        case 0xF1...0xF3: [0x80...0xBF, 0x80...0xBF, 0x80...0xBF]
        case 0xF4: [0x80...0x8F, 0x80...0xBF, 0x80...0xBF]
        default: nil
        }
    }
}
