/// Takes HTML or XML apart far enough to find what it says; cut or broken markup is no error.
struct MarkupScanner {
    /// Most elements that are kept.
    static let elementLimit = 400

    /// Names (local part, lower case) and own text of elements that hold text, in order of their end.
    private(set) var elements: [(name: String, text: String)] = []
    /// Names of all elements, in order, for empty ones such as `<D:lock-token-submitted/>`.
    private(set) var names: [String] = []
    /// Text of titles and headings.
    private(set) var headline: [UInt8] = []
    /// Text of preformatted blocks, where stack traces are.
    private(set) var blocks: [UInt8] = []
    /// All other text a reader would see.
    private(set) var visible: [UInt8] = []

    private static let hidden: Set<String> = [
        "script", "style", "template", "svg", "noscript", "textarea", "select", "code", "samp", "option",
    ]
    private static let headings: Set<String> = ["title", "h1", "h2", "h3", "faultstring"]

    private let bytes: [UInt8]
    private var index = 0
    private var open: [(name: String, isHeadline: Bool, text: [UInt8])] = []

    /// Reads the markup.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        while index < bytes.count, names.count < Self.elementLimit {
            if bytes[index] == UInt8(ascii: "<") { markup() } else { text() }
        }
        while !open.isEmpty { closeLast() }
    }

    private mutating func text() {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
        take(Entities.decoded(bytes[start..<index]))
    }

    private mutating func take(_ text: [UInt8]) {
        let last = open.count - 1
        if last >= 0, open[last].text.count < LenientJSONScanner.stringLimit { open[last].text += text }
        guard !text.allSatisfy({ ASCIIText.isSpace($0) }) else { return }
        let enclosing = open.suffix(12).map(\.name)
        guard !enclosing.contains(where: { Self.hidden.contains($0) }) else { return }
        if open.suffix(4).contains(where: \.isHeadline) {
            headline += text + [0x0A]
        } else if enclosing.contains("pre") {
            blocks += text + [0x0A]
        } else {
            visible += text + [0x0A]
        }
    }

    private mutating func markup() {
        if starts(with: "<!--") { return skip(past: "-->") }
        if starts(with: "<![CDATA[") { return characterData() }
        guard index + 1 < bytes.count else {
            index += 1
            return
        }
        let next = bytes[index + 1]
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return skip(past: ">") }
        let isEnd = next == UInt8(ascii: "/")
        guard isEnd || ASCIIText.isAlphanumeric(next) else {
            take([UInt8(ascii: "<")])
            index += 1
            return
        }
        tag(isEnd: isEnd)
    }

    private mutating func tag(isEnd: Bool) {
        index += isEnd ? 2 : 1
        let start = index
        while index < bytes.count, !ASCIIText.isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") { index += 1 }
        var raw = bytes[start..<index]
        if raw.last == UInt8(ascii: "/") { raw.removeLast() }
        if let colon = raw.lastIndex(of: UInt8(ascii: ":")) { raw = raw[(colon + 1)...] }
        let name = String(decoding: ASCIIText.lower(raw.prefix(80)), as: UTF8.self)
        let attributes = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
        let tag = SearchText(bytes[attributes..<min(index, attributes + 120)])
        let isEmpty = index > 0 && index <= bytes.count && bytes[index - 1] == UInt8(ascii: "/")
        index = min(index + 1, bytes.count)
        if isEnd { return close(name) }
        names.append(name)
        guard !isEmpty, !Self.void.contains(name), open.count < 64 else { return }
        // Debug pages mark the message: <pre class="exception_value">, <div class="titleerror">.
        let isHeadline = Self.headings.contains(name) || tag.holds(any: ["exception", "titleerror"])
        open.append((name: name, isHeadline: isHeadline, text: []))
        if name == "script" || name == "style" { skipRaw(name) }
    }

    private static let void: Set<String> = ["br", "hr", "img", "meta", "link", "input", "col", "wbr", "p", "li"]

    private mutating func close(_ name: String) {
        guard let depth = open.lastIndex(where: { $0.name == name }) else { return }
        while open.count > depth { closeLast() }
    }

    private mutating func closeLast() {
        guard let last = open.popLast() else { return }
        let text = ASCIIText.trimmed(last.text[...])
        if !text.isEmpty { elements.append((name: last.name, text: String(decoding: text, as: UTF8.self))) }
    }

    private mutating func characterData() {
        index += 9
        let start = index
        skip(past: "]]>")
        let end = index >= start + 3 && index < bytes.count ? index - 3 : index
        take(Array(bytes[start..<max(start, end)]))
    }

    private mutating func skipRaw(_ name: String) {
        let end = Array("</\(name)".utf8)
        while index < bytes.count {
            if ASCIIText.lower(bytes[index..<min(index + end.count, bytes.count)]) == end { return }
            index += 1
        }
    }

    private func starts(with text: String) -> Bool {
        bytes[index...].prefix(text.utf8.count).elementsEqual(text.utf8)
    }

    private mutating func skip(past text: String) {
        while index < bytes.count, !starts(with: text) { index += 1 }
        index = min(index + text.utf8.count, bytes.count)
    }
}
