/// Finds short texts in long bytes.
enum ByteSearch {
    /// Where `needle` begins, from `start` on.
    static func find(_ needle: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let count = needle.utf8CodeUnitCount
        guard bytes.count >= count, count > 0 else { return nil }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let start = unsafe needle.utf8Start
            let first = unsafe start[0]
            var index = 0
            let last = buffer.count - count
            while index <= last {
                if unsafe buffer[index] == first {
                    var offset = 1
                    while offset < count, unsafe buffer[index + offset] == start[offset] { offset += 1 }
                    if offset == count { return bytes.startIndex + index }
                }
                index += 1
            }
            return nil
        }
    }

    /// The rest behind the colon that follows each place where a quoted name stands, until `take` says true.
    static func anyValue(
        of name: StaticString,
        in bytes: ArraySlice<UInt8>,
        _ take: (ArraySlice<UInt8>) -> Bool
    ) -> Bool {
        var rest = bytes
        while let start = find(name, in: rest) {
            rest = rest[(start + name.utf8CodeUnitCount)...]
            let value = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
            guard value.first == 0x3A else { continue }
            if take(value.dropFirst().drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }) { return true }
        }
        return false
    }
}
