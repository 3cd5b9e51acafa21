import HTTPSemantics

/// How names and values stand in messages.
enum Wording {
    private static let mostValues = 20
    private static let longestValue = 60

    /// A name as it is if it is plain, as a JSON string otherwise.
    static func name(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x24, 0x2D, 0x2E, 0x5F].contains(byte)
        }
        return isPlain && !name.isEmpty ? name : value(.string(name))
    }

    /// A value as JSON, cut if it is long.
    static func value(_ value: JSONValue) -> String {
        let text = String(decoding: JSONWriter.bytes(value), as: UTF8.self)
        guard text.unicodeScalars.count > longestValue else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestValue))) + "…"
    }

    /// The values as JSON, joined by commas and an «or»; of many, the first.
    static func values(_ values: [JSONValue]) -> String {
        let shown = values.prefix(mostValues).map(value)
        return list(shown + (values.count > mostValues ? ["one of \(values.count &- mostValues) others"] : []))
    }

    /// The words joined by commas and an «or».
    static func list(_ words: [String]) -> String {
        guard words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + words.suffix(1).joined()
    }

    /// So many of something, such as «1 character» or «2 characters».
    static func count(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
}
