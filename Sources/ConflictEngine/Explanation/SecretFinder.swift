/// Recognises secrets by their shape or by the name in front of them.
enum SecretFinder {
    private static let names = [
        "password", "passwd", "pwd", "secret", "client_secret", "token", "access_token", "refresh_token", "api_key",
        "api-key",
        "apikey", "authorization", "x-api-key", "private_key", "credential", "session_id", "sessionid", "signature",
        "sig", "cookie",
    ]
    private static let prefixes = [
        "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "sk-", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_",
        "glpat-",
        "xoxb-", "xoxp-", "xoxa-", "AKIA", "ASIA", "AIza", "ya29.", "parley_", "parleypat_", "npm_", "hf_", "shpat_",
        "SG.",
        "pypi-", "dop_v1_",
    ]

    /// Where the secret ends that begins at `start`; `nil` if none begins there.
    static func end(ofSecretAt start: Int, in text: [UInt8]) -> Int? {
        if start > 0, isWord(text[start - 1]) { return nil }
        return known(start, text) ?? webToken(start, text) ?? named(start, text) ?? card(start, text)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        ASCIIText.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isWord(byte) || "-.~+/=%".utf8.contains(byte)
    }

    private static func endOfToken(_ start: Int, _ text: [UInt8]) -> Int {
        var end = start
        while end < text.count, isTokenByte(text[end]) { end += 1 }
        while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return end
    }

    private static func known(_ start: Int, _ text: [UInt8]) -> Int? {
        for prefix in prefixes where text[start...].starts(with: prefix.utf8) {
            let end = endOfToken(start, text)
            return end - start >= prefix.utf8.count + 8 ? end : nil
        }
        return nil
    }

    /// Three dotted parts, the first of which is base 64 of `{"`.
    private static func webToken(_ start: Int, _ text: [UInt8]) -> Int? {
        guard text[start...].starts(with: "eyJ".utf8) else { return nil }
        let end = endOfToken(start, text)
        let dots = text[start..<end].count { $0 == UInt8(ascii: ".") }
        return dots >= 1 && end - start >= 20 ? end : nil
    }

    /// A value after a telling name: `password=…`, `"token": "…"`, `Bearer …`; the name stays.
    private static func named(_ start: Int, _ text: [UInt8]) -> Int? {
        guard start > 0, let value = valueStart(before: start, text) else { return nil }
        guard value == start else { return nil }
        let end = endOfValue(start, text)
        return end > start ? end : nil
    }

    /// `start` if what stands in front of it is a telling name with `=`, `:` or, for schemes, a space.
    private static func valueStart(before start: Int, _ text: [UInt8]) -> Int? {
        guard !ASCIIText.isSpace(text[start]), !"\"'=:[".utf8.contains(text[start]) else { return nil }
        var index = start
        while index > 0,
            ASCIIText.isSpace(text[index - 1]) || text[index - 1] == UInt8(ascii: "\"")
                || text[index - 1] == UInt8(ascii: "'")
        { index -= 1 }
        let before = ASCIIText.lower(text[max(0, index - 24)..<index])
        if index < start, endsWithWord(before, "bearer") || endsWithWord(before, "basic") {
            return endOfToken(start, text) - start >= 8 ? start : nil
        }
        guard let mark = before.last, mark == UInt8(ascii: "=") || mark == UInt8(ascii: ":") else { return nil }
        var name = before.dropLast()
        while let last = name.last, ASCIIText.isSpace(last) || last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") {
            name.removeLast()
        }
        guard names.contains(where: { endsWithWord(Array(name), $0) }) else { return nil }
        // Prose such as «Invalid password: too short» has small words after the colon; a value has not.
        return mark == UInt8(ascii: "=") || looksRandom(start, text) ? start : nil
    }

    private static func endsWithWord(_ text: [UInt8], _ word: String) -> Bool {
        guard text.suffix(word.utf8.count).elementsEqual(word.utf8) else { return false }
        let before = text.dropLast(word.utf8.count).last
        return before.map { !ASCIIText.isAlphanumeric($0) } ?? true
    }

    private static func looksRandom(_ start: Int, _ text: [UInt8]) -> Bool {
        let token = text[start..<endOfValue(start, text)]
        let isQuoted = start > 0 && (text[start - 1] == UInt8(ascii: "\"") || text[start - 1] == UInt8(ascii: "'"))
        let isScheme =
            ASCIIText.lower(token).elementsEqual("bearer".utf8) || ASCIIText.lower(token).elementsEqual("basic".utf8)
        guard !isScheme else { return false }
        return isQuoted || token.contains { !ASCIIText.isAlphanumeric($0) || ASCIIText.isDigit($0) } && token.count >= 6
    }

    private static func endOfValue(_ start: Int, _ text: [UInt8]) -> Int {
        var end = start
        while end < text.count, !ASCIIText.isSpace(text[end]), !"\"',;&<>)}]".utf8.contains(text[end]) { end += 1 }
        return end
    }

    /// 13 to 19 digits, perhaps in groups, whose check digit is right.
    private static func card(_ start: Int, _ text: [UInt8]) -> Int? {
        guard ASCIIText.isDigit(text[start]) else { return nil }
        var digits: [Int] = []
        var end = start
        var index = start
        while index < text.count, digits.count <= 19 {
            let byte = text[index]
            if ASCIIText.isDigit(byte) {
                digits.append(Int(byte - 0x30))
                end = index + 1
            } else if byte != 0x20, byte != UInt8(ascii: "-") {
                break
            }
            index += 1
        }
        guard (13...19).contains(digits.count), end == text.count || !isWord(text[end]), passesLuhn(digits) else {
            return nil
        }
        return end
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let doubled = digit * 2
            sum += position % 2 == 0 ? digit : (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum % 10 == 0
    }
}
