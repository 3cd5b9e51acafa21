import HTTPSemantics

/// Writes JSON Patches (RFC 6902).
enum JSONPatchWriter {
    /// A patch that makes `to` of `from`; arrays of another length are replaced whole.
    static func patch(from: JSONValue, to: JSONValue) -> JSONValue {
        let places = JSONDifference.changedPointers(from: from, to: to, limit: .max)
        return .array(places.compactMap { operation(at: $0, from: from, to: to) })
    }

    private static func operation(at text: String, from: JSONValue, to: JSONValue) -> JSONValue? {
        guard let pointer = JSONPointer(text) else { return nil }
        let path = JSONValue.string(text)
        switch (pointer.lookup(in: from), pointer.lookup(in: to)) {
        case (_?, let value?): return ["op": "replace", "path": path, "value": value]
        case (nil, let value?): return ["op": "add", "path": path, "value": value]
        case (_?, nil): return ["op": "remove", "path": path]
        case (nil, nil): return nil
        }
    }
}
