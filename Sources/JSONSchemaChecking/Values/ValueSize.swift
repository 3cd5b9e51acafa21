import HTTPSemantics

/// How large a value is, found without recursion, so that nothing is begun that cannot be finished.
struct ValueSize {
    /// The longest number that is looked at, in characters.
    static let longestNumber = 1_024
    /// The most arrays and objects within each other.
    static let deepest = 512

    /// Values in it, itself included; counting stops beyond the limit that was asked for.
    private(set) var values = 0
    /// Whether arrays and objects nest deeper than ``deepest``.
    private(set) var isTooDeep = false
    /// Whether a number is longer than ``longestNumber``.
    private(set) var hasLongNumber = false

    /// Measures `value`, until it is found to be of more than `limit` values.
    init(of value: JSONValue, upTo limit: Int) {
        var open: [(value: JSONValue, depth: Int)] = [(value, 0)]
        while values <= limit, let (value, depth) = open.popLast() {
            values &+= 1
            switch value {
            case .number(let number): hasLongNumber = hasLongNumber || number.text.count > Self.longestNumber
            case .array(let elements) where depth < Self.deepest:
                for element in elements { open.append((element, depth &+ 1)) }
            case .object(let object) where depth < Self.deepest:
                for member in object.members { open.append((member.value, depth &+ 1)) }
            case .array, .object: isTooDeep = true
            default: break
            }
        }
    }
}
