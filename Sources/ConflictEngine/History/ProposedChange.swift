import HTTPSemantics

/// What a request would change if it were let through.
package enum ProposedChange: Sendable, Equatable {
    /// The whole is replaced with these bytes.
    case replacement([UInt8])
    /// A JSON merge patch (RFC 7396).
    case mergePatch([UInt8])
    /// A JSON patch (RFC 6902).
    case jsonPatch([UInt8])
    /// All of it goes.
    case removal
    /// Nobody can tell.
    case opaque

    /// The change that a request with this method, Content-Type and body asks for.
    package init(method: String, mediaType: [UInt8], body: [UInt8]) {
        switch method {
        case "PUT": self = .replacement(body)
        case "DELETE": self = .removal
        case "PATCH": self = Self.patch(mediaType, body)
        default: self = .opaque
        }
    }

    /// The places that it changes in `base`, as plain RFC 6901 pointers; what cannot be read changes nothing.
    func pointers(in base: JSONDocument, limit: Int) -> [String] {
        switch self {
        case .replacement(let bytes):
            JSONDocument(bytes).differences(from: base, limit: limit)
        case .mergePatch(let bytes):
            JSONDocument(bytes).value.map { Self.leaves(of: $0, limit: limit) } ?? []
        case .jsonPatch(let bytes):
            JSONDocument(bytes).value.map { Self.targets(of: $0, limit: limit) } ?? []
        case .removal:
            [""]
        case .opaque:
            []
        }
    }

    private static func patch(_ mediaType: [UInt8], _ body: [UInt8]) -> Self {
        let essence = mediaType.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != 0x20 && $0 != 0x09 }
        switch String(decoding: essence, as: UTF8.self).lowercased() {
        case "application/json-patch+json": return .jsonPatch(body)
        case "application/merge-patch+json", "application/json": return .mergePatch(body)
        default: return .opaque
        }
    }

    /// The members that a merge patch gives a value: objects are descended into, all else is set as a whole.
    private static func leaves(of patch: JSONValue, limit: Int) -> [String] {
        var found: [String] = []
        var open: [(value: JSONValue, path: [String])] = [(patch, [])]
        while let (value, path) = open.popLast(), found.count < limit {
            if let members = value.object?.members, !members.isEmpty {
                open += members.reversed().map { ($0.value, path + [$0.name]) }
            } else {
                found.append(JSONPointer(tokens: path).text)
            }
        }
        return found
    }

    /// The places that the operations of a JSON patch write to; what adds to an array changes the array.
    private static func targets(of patch: JSONValue, limit: Int) -> [String] {
        var found: [String] = []
        for operation in patch.array ?? [] where found.count < limit {
            guard let name = operation["op"]?.string, name != "test" else { continue }
            let sources = name == "move" ? [operation["from"]?.string] : []
            for text in sources + [operation["path"]?.string] {
                guard let pointer = text.flatMap(JSONPointer.init) else { continue }
                let isAppended = pointer.tokens.last == "-"
                found.append(isAppended ? JSONPointer(tokens: pointer.tokens.dropLast()).text : pointer.text)
            }
        }
        return found
    }
}
