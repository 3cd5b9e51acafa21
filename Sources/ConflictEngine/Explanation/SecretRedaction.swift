/// Takes secrets out of an upstream's words before they are shown, journaled or passed on.
///
/// Bearer and basic credentials, JSON web tokens, values of fields named like secrets, keys with well-known prefixes
/// and numbers that pass the card check (Luhn) are replaced by `[redacted]`. E-mail addresses stay: they tell what
/// clashed.
package enum SecretRedaction {
    /// Longest message that is kept, in bytes.
    package static let messageLimit = 2048
    /// What stands in a secret's place.
    package static let mark = "[redacted]"

    /// The text without secrets and control characters, at most `limit` bytes, cut between characters.
    package static func redacted(_ text: String, limit: Int = messageLimit) -> String {
        // Secrets are looked for a little beyond the limit, so that none is cut in half and then missed.
        let bytes = bounded(Array(text.utf8), to: max(0, limit) + 512)
        let clean = bytes.map { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F ? 0x20 : $0 }
        var result: [UInt8] = []
        var index = 0
        while index < clean.count {
            if let end = SecretFinder.end(ofSecretAt: index, in: clean) {
                result += Array(mark.utf8)
                index = end
            } else {
                result.append(clean[index])
                index += 1
            }
        }
        return String(decoding: bounded(trimmed(result), to: max(0, limit)), as: UTF8.self)
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(ASCIIText.trimmed(bytes[...]))
    }

    /// At most `limit` bytes, without half a character at the end.
    private static func bounded(_ bytes: [UInt8], to limit: Int) -> [UInt8] {
        guard bytes.count > limit else { return bytes }
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(bytes[..<end])
    }
}
