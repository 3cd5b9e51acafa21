/// A place between two calls of a list that is ordered newest first.
package struct UsageCursor: Sendable, Hashable {
    /// Time of the last call shown, in milliseconds since 1970 UTC.
    package var time: Int64
    /// The id of that call, which orders calls of the same time.
    package var id: String

    /// The place behind the call `id` of `time`.
    package init(time: Int64, id: String) {
        self.time = time
        self.id = id
    }

    /// The place behind `record`.
    package init(behind record: ModelCallRecord) {
        self.init(time: record.time, id: record.id)
    }

    /// Whether what stands here comes behind `other` in such a list.
    package func comesBehind(_ other: UsageCursor) -> Bool {
        guard time == other.time else { return time < other.time }
        return id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }

    /// The cursor as one opaque word of letters, digits, `-` and `.`, if the id is a UUID.
    package var text: String { String(time, radix: 36) + "." + id }

    /// Reads what ``text`` wrote; `nil` for anything else.
    package init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Int64(parts[0], radix: 36), (1...128).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        self.init(time: time, id: String(parts[1]))
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }
}
