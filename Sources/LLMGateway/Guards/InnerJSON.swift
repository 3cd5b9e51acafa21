import HTTPSemantics

/// JSON within a text, such as the arguments of calls.
enum InnerJSON {
    /// The object or array that a text is, if it is one.
    static func value(of text: String) -> JSONValue? {
        guard looksLikeIt(text) else { return nil }
        return try? JSONParser.parse(Array(text.utf8))
    }

    /// A text that begins like JSON and is none, with characters in the place of their numbers (`\\u0040`), so that nothing
    /// hides behind those; other texts as they are.
    static func unfolded(_ text: String) -> String {
        guard looksLikeIt(text), text.utf8.contains(0x5C) else { return text }
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x5C, rest.first == UInt8(ascii: "u"), let code = number(behind: rest) else {
                output.append(byte)
                continue
            }
            rest = rest.dropFirst(5)
            // Half a surrogate stands for nothing.
            output += Array(String(UnicodeScalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Four hexadecimal digits behind the `u`.
    private static func number(behind rest: ArraySlice<UInt8>) -> UInt32? {
        let digits = rest.dropFirst().prefix(4)
        guard digits.count == 4 else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func looksLikeIt(_ text: String) -> Bool {
        let first = text.utf8.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
