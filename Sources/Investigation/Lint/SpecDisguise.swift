/// Hides from the YAML library what it would stumble over, without moving anything.
enum SpecDisguise {
    /// Stands for `*`.
    private static let asterisk: Unicode.Scalar = "\u{F8FF}"

    /// The text as the library gets it.
    ///
    /// In JSON, tabs become spaces, and escapes of surrogates, which YAML has not, the one of U+FFFD.
    static func cover(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        let isJSON = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" } == "{"
        for scalar in text.unicodeScalars where scalar != "\u{FEFF}" {
            switch scalar {
            case "*": view.append(asterisk)
            case "\t" where isJSON: view.append(" ")
            default: view.append(scalar)
            }
        }
        let covered = String(view)
        // The padding keeps the text in storage that outlives the parser's first look at it.
        return (isJSON ? withoutSurrogates(covered) : covered + "\n#") + String(repeating: " ", count: 16) + "\n"
    }

    /// The text as it was written.
    static func uncover(_ text: String) -> String {
        guard text.unicodeScalars.contains(asterisk) else { return text }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text.unicodeScalars.map { $0 == asterisk ? "*" : $0 })
        return String(view)
    }

    /// The name of the alias that a plain text is, if it is one.
    static func alias(_ text: String) -> String? {
        guard text.unicodeScalars.first == asterisk else { return nil }
        return String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
    }

    private static func withoutSurrogates(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var index = 0
        while index + 5 < bytes.count {
            guard bytes[index] == 0x5C else {
                index += 1
                continue
            }
            let isSurrogate =
                bytes[index + 1] == UInt8(ascii: "u") && bytes[index + 2] | 0x20 == UInt8(ascii: "d")
                && "89abcdefABCDEF".utf8.contains(bytes[index + 3])
            if isSurrogate { bytes.replaceSubrange(index + 2..<index + 6, with: Array("FFFD".utf8)) }
            index += 2
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
