import HTTPSemantics

/// The body of a write, in the form that its method and media type ask for.
enum RaceBody {
    /// A body with its media type.
    struct Content: Sendable, Equatable {
        /// The media type, for Content-Type.
        let mediaType: String
        /// The bytes.
        let bytes: [UInt8]
    }

    /// The body that carries `change` of the field at `pointer`.
    ///
    /// PUT and POST send the whole document. PATCH sends a merge patch (RFC 7396), or a JSON patch (RFC 6902) where
    /// that is the `mediaType` asked for. `nil` for a merge patch into a list, which there is none of.
    static func of(
        _ change: FieldChange,
        at pointer: JSONPointer,
        in base: JSONValue,
        method: String,
        mediaType: String?
    ) -> Content? {
        guard method == "PATCH" else {
            return Content(mediaType: mediaType ?? "application/json", bytes: JSONWriter.bytes(change.document))
        }
        if let mediaType, mediaType.lowercased().hasPrefix("application/json-patch+json") {
            let patch: JSONValue = [["op": "replace", "path": .string(pointer.text), "value": change.value]]
            return Content(mediaType: mediaType, bytes: JSONWriter.bytes(patch))
        }
        guard leadsThroughObjects(pointer, in: base) else { return nil }
        var patch = change.value
        for token in pointer.tokens.reversed() {
            var object = JSONObject()
            object.set(token, to: patch)
            patch = .object(object)
        }
        return Content(mediaType: mediaType ?? "application/merge-patch+json", bytes: JSONWriter.bytes(patch))
    }

    private static func leadsThroughObjects(_ pointer: JSONPointer, in base: JSONValue) -> Bool {
        var current = base
        for token in pointer.tokens {
            guard let object = current.object, let next = object[token] else { return false }
            current = next
        }
        return !pointer.tokens.isEmpty
    }
}
