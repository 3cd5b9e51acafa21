/// Keeps a list of JSON pointers in one text: each ends with a line feed, and `\` escapes line feed, NUL and itself.
enum PointerList {
    /// The list as one text.
    static func text(of pointers: [String]) -> String {
        var bytes: [UInt8] = []
        for pointer in pointers {
            for byte in pointer.utf8 {
                switch byte {
                case escape: bytes += [escape, escape]
                case lineFeed: bytes += [escape, UInt8(ascii: "n")]
                case 0: bytes += [escape, UInt8(ascii: "0")]
                default: bytes.append(byte)
                }
            }
            bytes.append(lineFeed)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads what ``text(of:)`` wrote.
    static func pointers(in text: String) -> [String] {
        var pointers: [String] = []
        var current: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
                current.append(byte == UInt8(ascii: "n") ? lineFeed : byte == UInt8(ascii: "0") ? 0 : byte)
            } else if byte == escape {
                isEscaped = true
            } else if byte == lineFeed {
                pointers.append(String(decoding: current, as: UTF8.self))
                current.removeAll(keepingCapacity: true)
            } else {
                current.append(byte)
            }
        }
        return pointers
    }

    private static let escape = UInt8(ascii: "\\")
    private static let lineFeed = UInt8(ascii: "\n")
}
