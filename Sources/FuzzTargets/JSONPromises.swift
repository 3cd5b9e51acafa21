import HTTPSemantics

/// What holds for JSON texts.
enum JSONPromises {
    /// Reads `input`, writes it, and reads that.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        try checkPointer(input)
        guard let value = try? JSONParser.parse(input) else { return }
        let written = JSONWriter.bytes(value)
        guard let again = try? JSONParser.parse(written) else { throw Disagreement("what was written is not JSON") }
        try Disagreement.unless(again == value, "a value does not read as it was written")
        try Disagreement.unless(JSONWriter.bytes(again) == written, "a value is written in two ways")
        let changes = JSONDifference.changedPointers(from: value, to: again)
        try Disagreement.unless(changes.isEmpty, "a value differs from itself at \(changes)")
        try checkPointersOfChanges(value)
    }

    private static func checkPointer(_ input: [UInt8]) throws(Disagreement) {
        guard let pointer = JSONPointer(String(decoding: input, as: UTF8.self)) else { return }
        let again = JSONPointer(pointer.text)
        try Disagreement.unless(again == pointer, "a pointer does not read as it was written")
    }

    private static func checkPointersOfChanges(_ value: JSONValue) throws(Disagreement) {
        let away = JSONDifference.changedPointers(from: value, to: .null)
        let back = JSONDifference.changedPointers(from: .array([]), to: value)
        for text in away + back {
            try Disagreement.unless(JSONPointer(text) != nil, "«\(text)» is no pointer")
        }
    }
}
