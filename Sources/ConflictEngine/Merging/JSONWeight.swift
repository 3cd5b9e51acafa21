import HTTPSemantics

/// How much there is of a value.
struct JSONWeight {
    /// About how many bytes it takes as JSON, without white space; escapes are not counted.
    private(set) var bytes = 0
    /// How many values, itself and all within.
    private(set) var values = 0
    /// How deep arrays and objects nest in it.
    private(set) var depth = 0

    /// How long the longest number in it is, in bytes.
    private(set) var longestNumber = 0

    /// Weighs `value`; recursive, as deep as it nests.
    init(_ value: JSONValue) { add(value, level: 0) }

    private mutating func add(_ value: JSONValue, level: Int) {
        values += 1
        depth = max(depth, level)
        switch value {
        case .null, .bool: bytes += 5
        case .number(let number):
            bytes += number.text.count
            longestNumber = max(longestNumber, number.text.count)
        case .string(let text): bytes += text.utf8.count + 2
        case .array(let elements):
            depth = max(depth, level + 1)
            bytes += 2 + elements.count
            for element in elements { add(element, level: level + 1) }
        case .object(let object):
            depth = max(depth, level + 1)
            bytes += 2
            for member in object.members {
                bytes += member.name.utf8.count + 4
                add(member.value, level: level + 1)
            }
        }
    }
}
