import Yams

/// Turns the text of an API description, YAML or JSON, into nodes with places; the only file here that knows the YAML
/// library.
///
/// The library would expand aliases, which lets a short text grow without bound. So every `*` is replaced before it
/// looks, and aliases are resolved afterwards under a budget.
enum SpecText {
    /// The largest text that is read, in bytes.
    static let largest = 16 << 20

    /// The nodes of `text`.
    static func read(_ text: String) throws(SpecFault) -> SpecNode {
        if let line = SpecNesting.firstLineTooDeep(in: text) {
            let message = "more than \(SpecNesting.deepest) levels of nesting"
            throw SpecFault(place: TextPlace(line: line, column: 1), message: message)
        }
        do {
            let parser = try Parser(
                yaml: SpecDisguise.cover(text),
                resolver: .basic,
                constructor: Constructor([:], [:], [:]),
                encoding: .utf8
            )
            // The parser owns the anchors, to which nodes hold weak references.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    throw SpecFault(place: TextPlace(line: 1, column: 1), message: "the file is empty")
                }
                var assembly = SpecAssembly()
                return try assembly.node(root)
            }
        } catch let fault as SpecFault {
            throw fault
        } catch {
            throw Self.fault(of: error)
        }
    }

    private static func fault(of error: any Error) -> SpecFault {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            return SpecFault(place: TextPlace(mark), message: "neither YAML nor JSON: \(problem)")
        case YamlError.duplicatedKeysInMapping(let names, let context):
            let list = names.sorted().map { "'\(PlainText.line($0, limit: 40))'" }.joined(separator: ", ")
            return SpecFault(place: TextPlace(context.mark), message: "the same key twice in one map: \(list)")
        default:
            return SpecFault(place: TextPlace(line: 1, column: 1), message: "neither YAML nor JSON")
        }
    }
}

/// Puts nodes together from those of the library.
private struct SpecAssembly {
    /// Nodes that aliases may add.
    private static let mostRepeated = 200_000

    private var anchored: [String: (node: SpecNode, count: Int)] = [:]
    private var count = 0
    private var repeated = 0

    /// The node that a node of the library is; as deep as the text nests, which has been bounded.
    mutating func node(_ source: Node) throws(SpecFault) -> SpecNode {
        let before = count
        count += 1
        let place = source.mark.map { TextPlace($0) } ?? TextPlace(line: 1, column: 1)
        let node = SpecNode(place: place, content: try content(source, at: place))
        if let anchor = source.anchor?.rawValue { anchored[anchor] = (node, count - before) }
        return node
    }

    private mutating func content(_ source: Node, at place: TextPlace) throws(SpecFault) -> SpecNode.Content {
        switch source {
        case .scalar(let scalar):
            guard scalar.style == .plain, let name = SpecDisguise.alias(scalar.string) else {
                return .scalar(SpecDisguise.uncover(scalar.string))
            }
            return try alias(name, at: place)
        case .mapping(let mapping):
            var members: [SpecNode.Member] = []
            var merged: [SpecNode.Member] = []
            for (key, value) in mapping {
                let value = try node(value)
                let keyPlace = key.mark.map { TextPlace($0) } ?? place
                guard let name = key.scalar?.string else {
                    throw SpecFault(place: keyPlace, message: "a key must be a plain text")
                }
                if name == "<<" {
                    merged += value.members + value.items.flatMap(\.members)
                } else {
                    members.append(SpecNode.Member(name: SpecDisguise.uncover(name), place: keyPlace, value: value))
                }
            }
            return .map(SpecMap(members + merged))
        case .sequence(let sequence):
            var items: [SpecNode] = []
            for item in sequence { items.append(try node(item)) }
            return .list(items)
        case .alias:
            return .list([])
        }
    }

    private mutating func alias(_ name: String, at place: TextPlace) throws(SpecFault) -> SpecNode.Content {
        guard let target = anchored[name] else {
            throw SpecFault(
                place: place,
                message: "'*\(PlainText.line(name))' refers to no anchor above it; quote a text"
            )
        }
        guard target.count <= Self.mostRepeated - repeated else {
            throw SpecFault(place: place, message: "aliases repeat more than \(Self.mostRepeated) parts")
        }
        repeated += target.count
        count += target.count
        return target.node.content
    }
}

extension TextPlace {
    /// The place of the library's mark.
    fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
