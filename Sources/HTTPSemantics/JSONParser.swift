/// Reads JSON texts, strictly by RFC 8259: UTF-8 checked, no byte order mark, no comments, nothing behind the value.
package enum JSONParser {
    /// However much a caller asks for, nesting stops here, so that no input can exhaust the stack.
    private static let deepest = 512

    /// The value of `bytes`; of equal names in one object the last wins, and the object says so.
    ///
    /// Arrays and objects may nest `maximumDepth` deep, and never deeper than 512. RFC 8259 §8.2 leaves open what half of a
    /// surrogate pair means: with `replacingHalves` it is U+FFFD, else a fault.
    package static func parse(
        _ bytes: Span<UInt8>,
        maximumDepth: Int = 256,
        replacingHalves: Bool = false
    ) throws(JSONFault) -> JSONValue {
        var scanner = JSONScanner(replacesHalves: replacingHalves)
        scanner.skipBlanks(bytes)
        let value = try scanner.value(bytes, depth: min(maximumDepth, deepest))
        scanner.skipBlanks(bytes)
        guard scanner.position == bytes.count else { throw JSONFault(.trailingBytes, at: scanner.position) }
        return value
    }

    /// The value of `bytes`.
    package static func parse(_ bytes: [UInt8], maximumDepth: Int = 256) throws(JSONFault) -> JSONValue {
        try parse(bytes.span, maximumDepth: maximumDepth)
    }

    /// The value of what a model's server said; some of them cut texts between the halves of a surrogate pair.
    package static func parse(answer bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        try parse(bytes.span, replacingHalves: true)
    }
}
