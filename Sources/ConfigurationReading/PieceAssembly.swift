/// Makes pieces of YAML nodes: resolves aliases and merge keys, and sees to it that names are texts and unique.
struct PieceAssembly {
    /// Stands for `*` in everything the YAML library saw.
    static let asterisk: Unicode.Scalar = "\u{F8FF}"
    /// Pieces that aliases may add to a file.
    static let mostRepeated = 50_000

    private struct Anchored {
        var piece: Piece
        var count: Int
    }

    private let overwrittenNames: [Position: String]
    private var anchored: [String: Anchored] = [:]
    private var repeated = 0
    private var isExhausted = false
    private var count = 0

    /// An assembly that knows names which had to be overwritten, by where they stand.
    init(overwrittenNames: [Position: String]) { self.overwrittenNames = overwrittenNames }

    /// The text with its asterisks back.
    static func withAsterisks(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text.unicodeScalars.map { $0 == asterisk ? "*" : $0 })
        return String(view)
    }

    /// The piece that `node` is.
    mutating func piece(from node: SourceNode, into findings: inout Findings) -> Piece {
        let before = count
        count += 1
        let content = content(of: node, into: &findings)
        let piece = Piece(position: node.position, content: content)
        if let anchor = node.anchor {
            anchored[anchor] = Anchored(piece: piece, count: count - before)
        }
        return piece
    }

    private mutating func content(of node: SourceNode, into findings: inout Findings) -> Piece.Content {
        let type = node.tag.split(separator: ":").last.map(String.init) ?? node.tag
        guard ["str", "seq", "map"].contains(type) else {
            findings.error("the tag '\(type.shortened)' is not used here", hint: "leave it out", at: node.position)
            return .broken
        }
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain, text.unicodeScalars.first == Self.asterisk {
                return alias(String(text.unicodeScalars.dropFirst()), at: node.position, into: &findings)
            }
            return .scalar(Piece.Scalar(text: Self.withAsterisks(text), isQuoted: !isPlain))
        case .sequence(let nodes):
            return .list(nodes.map { piece(from: $0, into: &findings) })
        case .mapping(let pairs):
            return .section(members(of: pairs, into: &findings))
        }
    }

    private mutating func alias(_ name: String, at position: Position, into findings: inout Findings) -> Piece.Content {
        guard let target = anchored[name] else {
            let written = "*" + Self.withAsterisks(name)
            findings.error(
                "'\(written.shortened)' refers to an anchor that is not defined above it",
                hint: "for a text that begins with '*', use quotes: \"\(written.shortened)\"",
                at: position
            )
            return .broken
        }
        guard target.count <= Self.mostRepeated - repeated else {
            // Said once: what follows is of the same making.
            if !isExhausted { findings.error("aliases repeat more than \(Self.mostRepeated) pieces", at: position) }
            isExhausted = true
            return .broken
        }
        repeated += target.count
        count += target.count
        return target.piece.content
    }

    private mutating func members(
        of pairs: [(key: SourceNode, value: SourceNode)],
        into findings: inout Findings
    ) -> [Piece.Member] {
        var members: [Piece.Member] = []
        var merged: [Piece.Member] = []
        var places: [String: Position] = [:]
        for pair in pairs {
            let value = piece(from: pair.value, into: &findings)
            guard case .scalar(let text, _) = pair.key.content, text.unicodeScalars.first != Self.asterisk else {
                findings.error("a key must be a plain text", at: pair.key.position)
                continue
            }
            let position = pair.key.position
            let name = overwrittenNames[position] ?? Self.withAsterisks(text)
            if name == "<<" {
                merged += mergedMembers(of: value, at: position, into: &findings)
            } else if let first = places.updateValue(position, forKey: name) {
                places[name] = first
                let hint = "the first is on line \(first.line)"
                findings.error("the key '\(name.shortened)' is here twice", hint: hint, at: position)
            } else {
                members.append(Piece.Member(name: name, position: position, value: value))
            }
        }
        for member in merged where places.updateValue(member.position, forKey: member.name) == nil {
            members.append(member)
        }
        return members
    }

    private func mergedMembers(of piece: Piece, at position: Position, into findings: inout Findings) -> [Piece.Member]
    {
        switch piece.content {
        case .section(let members): return members
        case .list(let items): return items.flatMap { mergedMembers(of: $0, at: position, into: &findings) }
        case .broken: return []
        case .scalar:
            findings.error("'<<' takes the section of an alias", hint: "write <<: *name", at: position)
            return []
        }
    }
}
