import HTTPSemantics

/// A version of an upstream between its JSON and an entity tag; the way there and back loses nothing.
///
/// Characters that no tag may hold are written as in URLs. A text that looks like a number has its first character
/// written so too, since a tag that looks like a number stands for one.
struct VersionText: Sendable, Equatable {
    /// The version: a string or a number.
    let value: JSONValue

    /// A version as the upstream writes it; `nil` for what cannot be one.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let text) where !text.isEmpty: break
        case .number: break
        default: return nil
        }
        self.value = value
    }

    /// The version that a tag stands for; `nil` for a tag that stands for none.
    init?(_ tag: EntityTag) {
        guard !tag.isWeak, !tag.opaque.isEmpty else { return nil }
        if let number = Self.number(tag.opaque) {
            value = number
            return
        }
        let bytes = PercentEncoding.decoded(tag.opaque)
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.elementsEqual(bytes) else { return nil }
        value = .string(text)
    }

    /// The tag that stands for the version.
    var tag: EntityTag {
        switch value {
        case .number(let number): EntityTag(strong: number.text)
        case .string(let text): EntityTag(strong: Self.escaped(Array(text.utf8)))
        default: EntityTag(strong: [])
        }
    }

    /// The version as plain characters.
    var bytes: [UInt8] {
        switch value {
        case .number(let number): number.text
        case .string(let text): Array(text.utf8)
        default: []
        }
    }

    private static func escaped(_ text: [UInt8]) -> [UInt8] {
        let looksLikeNumber = number(text) != nil
        var output: [UInt8] = []
        for (index, byte) in text.enumerated() {
            let isPlain = byte == 0x21 || (0x23...0x7E).contains(byte) && byte != UInt8(ascii: "%")
            if isPlain, !(looksLikeNumber && index == 0) {
                output.append(byte)
            } else {
                output += PercentEncoding.escape(byte)
            }
        }
        return output
    }

    private static func number(_ text: [UInt8]) -> JSONValue? {
        guard let first = text.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
            let value = try? JSONParser.parse(text), case .number = value
        else { return nil }
        return value
    }
}
