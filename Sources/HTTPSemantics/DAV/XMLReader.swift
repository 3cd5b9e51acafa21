/// Reads one XML document from front to back, strictly and within bounds, without document types.
///
/// Comments and processing instructions are checked and passed over. Nothing recurses: open elements stand in a list.
struct XMLReader {
    /// What comes next.
    enum Event: Equatable {
        /// A start tag; an end follows, also where the tag ends in `/>`.
        case start(XMLName, at: Int)
        /// An end tag that starts at an offset; for an element without content, where it would start.
        case end(at: Int)
        /// A stretch of text with references resolved.
        case text([UInt8], at: Int)
        /// The document is over.
        case finished
    }

    private struct OpenElement {
        let name: Range<Int>
        let bindings: Int
    }

    private static let deepest = 32

    /// The document.
    let bytes: [UInt8]
    /// How far it has been read.
    var position: Int
    /// The namespaces in scope.
    var namespaces = XMLNamespaces()
    private var open: [OpenElement] = []
    private var hasRoot = false
    private var endIsDue = false

    /// Stands behind the declaration of `bytes`.
    init(_ bytes: [UInt8]) throws(XMLFault) {
        position = try XMLCharacters.start(of: bytes)
        self.bytes = bytes
        try readDeclaration()
    }

    /// How many elements are open.
    var depth: Int { open.count }

    /// Reads on to the next event.
    mutating func next() throws(XMLFault) -> Event {
        if endIsDue {
            endIsDue = false
            close()
            return .end(at: position)
        }
        while position < bytes.count {
            let start = position
            if bytes[position] != ASCII.less {
                let text = try characterData()
                if !open.isEmpty { return .text(text, at: start) }
                guard text.allSatisfy(XMLCharacters.isSpace) else { throw XMLFault(.outsideRoot, at: start) }
            } else if ASCII.holds(bytes, at: position, "</") {
                return try endTag()
            } else if ASCII.holds(bytes, at: position, "<![CDATA[") {
                guard !open.isEmpty else { throw XMLFault(.outsideRoot, at: start) }
                return .text(try section(), at: start)
            } else if try !skipMarkup() {
                return try startTag()
            }
        }
        guard open.isEmpty, hasRoot else { throw XMLFault(.endsEarly, at: bytes.count) }
        return .finished
    }

    /// Reads a name of at most two parts with a colon between them.
    mutating func name() throws(XMLFault) -> (prefix: [UInt8], local: [UInt8]) {
        let first = try part()
        guard position < bytes.count, bytes[position] == ASCII.colon else { return ([], first) }
        position += 1
        return (first, try part())
    }

    /// Skips white space; whether there was any.
    @discardableResult
    mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, XMLCharacters.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    /// A fault here, or that of an early end.
    func fault(_ reason: XMLFault.Reason = .malformed) -> XMLFault {
        XMLFault(position < bytes.count ? reason : .endsEarly, at: position)
    }

    private mutating func part() throws(XMLFault) -> [UInt8] {
        let start = position
        while let (value, width) = XMLCharacters.decode(bytes, at: position) {
            let fits = position == start ? XMLCharacters.startsName(value) : XMLCharacters.continuesName(value)
            guard fits else { break }
            position += width
        }
        guard position > start else { throw fault() }
        return Array(bytes[start..<position])
    }

    private mutating func startTag() throws(XMLFault) -> Event {
        let start = position
        guard !hasRoot || !open.isEmpty else { throw XMLFault(.outsideRoot, at: start) }
        guard open.count < Self.deepest else { throw XMLFault(.tooMuch, at: start) }
        position += 1
        let (prefix, local) = try name()
        let range = (start + 1)..<position
        let known = namespaces.count
        try readAttributes()
        guard let namespace = namespaces.namespace(of: prefix) else { throw XMLFault(.namespace, at: start + 1) }
        if position < bytes.count, bytes[position] == ASCII.slash {
            position += 1
            endIsDue = true
        }
        guard position < bytes.count, bytes[position] == ASCII.greater else { throw fault() }
        position += 1
        open.append(OpenElement(name: range, bindings: known))
        hasRoot = true
        return .start(XMLName(local: local, namespace: namespace), at: start)
    }

    private mutating func endTag() throws(XMLFault) -> Event {
        let start = position
        position += 2
        let nameStart = position
        _ = try name()
        guard let element = open.last, bytes[element.name] == bytes[nameStart..<position] else {
            throw XMLFault(.wrongEndTag, at: start)
        }
        skipSpace()
        guard position < bytes.count, bytes[position] == ASCII.greater else { throw fault() }
        position += 1
        close()
        return .end(at: start)
    }

    private mutating func close() {
        guard let element = open.popLast() else { return }
        namespaces.keep(element.bindings)
    }
}
