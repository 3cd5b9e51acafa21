/// A machine-readable code as a vendor writes it, in comparable form.
struct ErrorCode: Sendable, Equatable {
    /// The last part of the name, letters and digits alone, lower case: `a.b#ConflictException:` is
    /// `conflictexception`.
    let name: String
    /// All of the name in the same form, without paths and namespaces: `InvalidGroup.InUse` is `invalidgroupinuse`.
    let whole: String
    /// The whole as written.
    let text: String

    /// Reads a code; `nil` for prose and empty text.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= 200, !text.utf8.contains(where: { ASCIIText.isSpace($0) }) else {
            return nil
        }
        var part = Substring(text)
        if let url = Self.position(of: ":http", in: part) { part = part[..<url] }
        if let query = part.firstIndex(of: "?") { part = part[..<query] }
        while let last = part.last, "/.:#".contains(last) { part.removeLast() }
        if let cut = part.lastIndex(where: { "#/\\:".contains($0) }) { part = part[part.index(after: cut)...] }
        let whole = ASCIIText.squeezed(String(part))
        if let dot = part.lastIndex(of: ".") { part = part[part.index(after: dot)...] }
        let name = ASCIIText.squeezed(String(part))
        guard !name.isEmpty else { return nil }
        self.name = name
        self.whole = whole
        self.text = text
    }

    private static func position(of needle: String, in text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(needle) { return index }
            index = text.index(after: index)
        }
        return nil
    }
}
