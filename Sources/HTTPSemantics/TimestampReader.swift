/// Walks over the bytes of one date or timestamp; a step that finds something else
/// fails, and the whole is then given up.
struct TimestampReader {
    /// The date.
    let bytes: [UInt8]
    private var position = 0

    /// Starts at the first byte.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything was taken.
    var isAtEnd: Bool { position == bytes.count }

    /// Takes exactly `byte`.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes exactly ` GMT`.
    mutating func skipGMT() -> Bool { skip(ASCII.space) && skip(0x47) && skip(0x4D) && skip(0x54) }

    /// Takes exactly `digits` decimal digits.
    mutating func number(digits: Int) -> Int? {
        guard bytes.count - position >= digits else { return nil }
        var value = 0
        for byte in bytes[position..<(position + digits)] {
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte &- 0x30)
        }
        position += digits
        return value
    }

    /// Takes one of `names`, or its first `length` bytes, and returns its index.
    mutating func name(of names: [[UInt8]], length: Int?) -> Int? {
        for index in names.indices {
            let count = length ?? names[index].count
            guard position + count <= bytes.count else { continue }
            var matched = 0
            while matched < count, names[index][matched] == bytes[position + matched] { matched += 1 }
            if matched == count {
                position += count
                return index
            }
        }
        return nil
    }

    /// Takes a time of day such as `08:49:37`.
    mutating func clock() -> (hour: Int, minute: Int, second: Int)? {
        guard let hour = number(digits: 2), skip(ASCII.colon), let minute = number(digits: 2), skip(ASCII.colon),
            let second = number(digits: 2)
        else { return nil }
        return (hour, minute, second)
    }
}
