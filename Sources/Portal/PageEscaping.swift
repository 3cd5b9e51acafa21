import Mustache

/// Makes text safe in HTML, in elements and quoted attributes, code point by code point.
///
/// The engine's own escaping goes by characters and lets a quote pass that is followed by a combining mark.
struct PageEscaping: MustacheContentType {
    /// The name by which the layout asks for it.
    static let name = "PARLEY-PAGE"

    /// The text with everything escaped that means something in HTML; control characters become U+FFFD.
    func escapeText(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
