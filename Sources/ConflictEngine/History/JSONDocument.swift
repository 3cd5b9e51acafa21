import HTTPSemantics

/// A representation as far as it can be looked into: a JSON value, or bytes that are only the same or not.
struct JSONDocument: Sendable {
    /// The bytes.
    let bytes: [UInt8]
    /// What they mean; `nil` if they are not JSON.
    let value: JSONValue?

    /// Reads the bytes, whatever their declared media type: many services call their JSON something else.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        value = Self.parse(bytes)
    }

    /// The places where this differs from `older`; the whole, `""`, if one of them cannot be looked into.
    func differences(from older: Self, limit: Int) -> [String] {
        guard let value, let before = older.value else { return bytes == older.bytes ? [] : [""] }
        return JSONDifference.changedPointers(from: before, to: value, limit: limit)
    }

    /// Whether both hold the same at the place that `pointer` names; nothing at all is the same as nothing.
    func agrees(with other: Self, at pointer: String) -> Bool {
        guard let value, let theirs = other.value, let place = JSONPointer(pointer) else { return bytes == other.bytes }
        return place.lookup(in: value) == place.lookup(in: theirs)
    }

    private static func parse(_ bytes: [UInt8]) -> JSONValue? {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            return nil  // Not JSON: then the bytes are all there is to compare.
        }
    }
}
