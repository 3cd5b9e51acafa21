/// Reads the body of a LOCK request.
enum LockInfoReader {
    private struct Parts {
        var scope: LockScope?
        var isWrite: Bool?
        var owner: LockOwner?
    }

    /// Reads a whole body.
    static func read(_ body: [UInt8]) throws(XMLFault) -> LockInfo {
        var reader = try XMLReader(body)
        guard case .start(let root, let start) = try reader.next() else { throw XMLFault(.endsEarly, at: 0) }
        guard root.isDAV("lockinfo") else { throw XMLFault(.wrongRoot, at: start) }
        var parts = Parts()
        while let (name, offset) = try nextChild(&reader) {
            try readChild(name, at: offset, &reader, into: &parts)
        }
        _ = try reader.next()
        guard let scope = parts.scope else { throw XMLFault(.missingScope, at: start) }
        guard parts.isWrite != nil else { throw XMLFault(.missingType, at: start) }
        return LockInfo(scope: scope, owner: parts.owner)
    }

    /// Reads the rest of an owner element that started at `start`.
    static func owner(_ reader: inout XMLReader, from start: Int) throws(XMLFault) -> LockOwner {
        let depth = reader.depth
        let contentStart = reader.position
        let namespaces = reader.namespaces.visible
        var text: [UInt8] = []
        var contentEnd = contentStart
        while reader.depth >= depth {
            switch try reader.next() {
            case .text(let more, _): text += more
            case .end(let offset): contentEnd = offset
            case .start: continue
            case .finished: throw XMLFault(.endsEarly, at: reader.position)
            }
        }
        let content = Array(reader.bytes[contentStart..<max(contentStart, contentEnd)])
        let owner = LockOwner(content: content, namespaces: namespaces, text: text)
        guard owner.length <= LockOwner.longest else { throw XMLFault(.ownerTooLong, at: start) }
        return owner
    }

    private static func readChild(
        _ name: XMLName,
        at offset: Int,
        _ reader: inout XMLReader,
        into parts: inout Parts
    ) throws(XMLFault) {
        if name.isDAV("lockscope") {
            guard parts.scope == nil else { throw XMLFault(.repeatedElement, at: offset) }
            guard let scope = try choice(of: LockScope.allCases.map { ($0.rawValue, $0) }, &reader) else {
                throw XMLFault(.missingScope, at: offset)
            }
            parts.scope = scope
        } else if name.isDAV("locktype") {
            guard parts.isWrite == nil else { throw XMLFault(.repeatedElement, at: offset) }
            guard let isWrite = try choice(of: [("write", true)], &reader) else {
                throw XMLFault(.missingType, at: offset)
            }
            parts.isWrite = isWrite
        } else if name.isDAV("owner") {
            guard parts.owner == nil else { throw XMLFault(.repeatedElement, at: offset) }
            parts.owner = try owner(&reader, from: offset)
        } else {
            try skipElement(&reader)
        }
    }

    /// The next element within the open one, or `nil` at its end; text between elements may be white space only.
    private static func nextChild(_ reader: inout XMLReader) throws(XMLFault) -> (XMLName, Int)? {
        while true {
            switch try reader.next() {
            case .start(let name, let offset): return (name, offset)
            case .end, .finished: return nil
            case .text(let text, let offset):
                guard text.allSatisfy(XMLCharacters.isSpace) else { throw XMLFault(.unexpectedText, at: offset) }
            }
        }
    }

    /// Reads to the end of the open element, which holds one of some elements of `DAV:`; `nil` if it holds none.
    private static func choice<Meaning>(
        of choices: [(name: String, meaning: Meaning)],
        _ reader: inout XMLReader
    ) throws(XMLFault) -> Meaning? {
        var found: Meaning?
        while let (name, offset) = try nextChild(&reader) {
            let isDAV = name.namespace == XMLNamespaces.dav
            let match = choices.first { isDAV && name.local.elementsEqual($0.name.utf8) }
            if let match {
                guard found == nil else { throw XMLFault(.repeatedElement, at: offset) }
                found = match.meaning
            }
            try skipElement(&reader)
        }
        return found
    }

    private static func skipElement(_ reader: inout XMLReader) throws(XMLFault) {
        let depth = reader.depth
        while reader.depth >= depth {
            guard try reader.next() != .finished else { return }
        }
    }
}
