import Yams

/// Turns YAML into pieces with places; the only file that knows the YAML library.
///
/// Two things the library does are kept from it. It would expand aliases, which lets a short file grow without bound:
/// so every `*` is replaced before it looks, and ``PieceAssembly`` resolves aliases under a budget. And it stops at the
/// first name that a section has twice: so such names are overwritten, noted, and the text is composed once more.
struct YAMLText {
    /// The largest file that is read.
    static let largest = 4 << 20

    private var scalars: TextScalars
    /// Names that were overwritten, by where they stand.
    private var overwritten: [Position: String] = [:]

    /// The pieces of `text`; `nil` if it is not YAML at all, which is then a finding.
    static func compose(_ text: String, into findings: inout Findings) -> Piece? {
        guard text.utf8.count <= largest else {
            findings.error("the file is larger than 4 MiB", hint: "split it into several gateways", at: .start)
            return nil
        }
        if let line = NestingGuard.firstLineTooDeep(in: text) {
            let message = "more than \(NestingGuard.deepest) levels of nesting"
            findings.error(message, at: Position(line: line, column: 1))
            return nil
        }
        let plain = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var composition = YAMLText(scalars: TextScalars(plain))
        if let index = composition.scalars.scalars.firstIndex(of: PieceAssembly.asterisk) {
            findings.error("the character U+F8FF is not allowed", at: composition.scalars.position(of: index))
            return nil
        }
        composition.hideAsterisks()
        return composition.composeOnceEachNameIsUnique(into: &findings)
    }

    private init(scalars: TextScalars) { self.scalars = scalars }

    private mutating func hideAsterisks() {
        for (index, scalar) in scalars.scalars.enumerated() where scalar == "*" {
            scalars.overwrite(1, at: index, with: PieceAssembly.asterisk)
        }
    }

    private mutating func composeOnceEachNameIsUnique(into findings: inout Findings) -> Piece? {
        // Each round reads the whole text, so a large file gets fewer of them.
        let rounds = min(64, max(2, Self.largest / 2 / max(1, scalars.scalars.count)))
        for _ in 0..<rounds {
            do {
                return try assemble(into: &findings)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard let name = names.min(), overwrite(name, at: Position(context.mark)) else {
                    let list = names.map { "'\($0)'" }.joined(separator: ", ")
                    findings.error("a section has the same key twice: \(list)", at: Position(context.mark))
                    return nil
                }
            } catch {
                report(error, into: &findings)
                return nil
            }
        }
        report(overwritten, into: &findings)
        return nil
    }

    private func assemble(into findings: inout Findings) throws -> Piece {
        // The padding keeps the text in storage that outlives the parser's first look at it.
        let text = scalars.text + "\n#" + String(repeating: " ", count: 16) + "\n"
        let parser = try Parser(yaml: text, resolver: .basic, constructor: Constructor([:], [:], [:]), encoding: .utf8)
        // The parser owns the anchors, to which nodes hold weak references.
        return try withExtendedLifetime(parser) {
            guard let root = try parser.singleRoot() else {
                return Piece(position: .start, content: .section([]))
            }
            var assembly = PieceAssembly(overwrittenNames: overwritten)
            let piece = assembly.piece(from: SourceNode(root), into: &findings)
            return piece
        }
    }

    /// Makes the first of two equal names unlike the second, keeping its length and so all places.
    private mutating func overwrite(_ name: String, at position: Position) -> Bool {
        let wanted = Array(name.unicodeScalars)
        guard !wanted.isEmpty, var index = scalars.index(of: position), overwritten[position] == nil,
            let filler = Unicode.Scalar(0xE000 + UInt32(overwritten.count))
        else { return false }
        if ["\"", "'"].contains(scalars.scalars[index]) { index += 1 }
        guard scalars.holds(wanted, at: index) else { return false }
        scalars.overwrite(wanted.count, at: index, with: filler)
        overwritten[position] = PieceAssembly.withAsterisks(name)
        return true
    }

    private func report(_ names: [Position: String], into findings: inout Findings) {
        for (position, name) in names {
            findings.error("the key '\(name.shortened)' is here more than once", at: position)
        }
    }

    private func report(_ error: any Error, into findings: inout Findings) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            // At the end, the library means the padding behind the text.
            let position = min(Position(mark), scalars.lastPosition)
            let setting = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
            findings.error("not valid YAML: \(problem)\(setting)", hint: hint(at: position), at: position)
        case YamlError.reader(let problem, _, _, _):
            findings.error("not valid YAML: \(problem)", at: firstControlCharacter ?? .start)
        default:
            findings.error("not valid YAML", at: .start)
        }
    }

    private func hint(at position: Position) -> String? {
        guard let index = scalars.index(of: position) else { return nil }
        switch scalars.scalars[index] {
        case "\t": return "indent with spaces, not with tabs"
        case "@", "`", "%": return "put the text in quotes"
        default: return nil
        }
    }

    private var firstControlCharacter: Position? {
        let index = scalars.scalars.firstIndex { scalar in
            (scalar.value < 0x20 && !["\t", "\n", "\r"].contains(scalar)) || (0x7F...0x9F).contains(scalar.value)
        }
        return index.map(scalars.position(of:))
    }
}

extension Position {
    fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension SourceNode {
    /// Takes over what matters of a node of the library.
    fileprivate init(_ node: Node) {
        let position = node.mark.map { Position($0) } ?? .start
        let tag = node.tag.description
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain)
        case .mapping(let mapping):
            content = .mapping(mapping.map { (SourceNode($0.key), SourceNode($0.value)) })
        case .sequence(let sequence):
            content = .sequence(sequence.map { SourceNode($0) })
        case .alias:
            content = .sequence([])
        }
        self.position = position
        self.anchor = node.anchor?.rawValue
        self.tag = tag
    }
}
