/// Refuses schemas that lead to themselves without going into a member or an element, since nothing would end them.
struct SchemaLoops {
    /// The most schemas that may be applied to the same value, one because of the other.
    static let longest = 64

    private let nodes: [SchemaNode]
    private let places: [String]
    /// For each node that is done, how many follow one another from there.
    private var lengths: [Int: Int] = [:]
    /// The nodes from the first to the one that is looked at.
    private var way: [Int] = []
    private var isOnWay: Set<Int> = []

    /// Looks at all nodes.
    static func check(_ nodes: [SchemaNode], places: [String]) throws(JSONSchemaFault) {
        var loops = SchemaLoops(nodes, places)
        for node in nodes.indices { _ = try loops.length(from: node) }
    }

    private init(_ nodes: [SchemaNode], _ places: [String]) {
        self.nodes = nodes
        self.places = places
    }

    private mutating func length(from node: Int) throws(JSONSchemaFault) -> Int {
        if let known = lengths[node] { return known }
        guard !isOnWay.contains(node) else {
            throw fault(
                "leads back to itself, and not by way of a member or an element",
                remedy: "let the way lead through properties or items, or take the $ref out"
            )
        }
        guard way.count < Self.longest else { throw tooLong() }
        way.append(node)
        isOnWay.insert(node)
        var length = 0
        for rule in nodes[node].rules {
            for next in rule.schemasInPlace { length = max(length, try self.length(from: next)) }
        }
        guard length < Self.longest else { throw tooLong() }
        way.removeLast()
        isOnWay.remove(node)
        lengths[node] = length + 1
        return length + 1
    }

    private func tooLong() -> JSONSchemaFault {
        fault(
            "begins too long a chain of schemas for one value",
            remedy: "let at most \(Self.longest) follow one another, by $ref, allOf and their like"
        )
    }

    /// A fault of the last reference on the way; without one there is no loop, and hardly a chain.
    private func fault(_ message: String, remedy: String) -> JSONSchemaFault {
        let isReference = { (node: Int) in
            nodes[node].rules.contains { rule in
                guard case .reference = rule else { return false }
                return true
            }
        }
        guard let node = way.last(where: isReference) else {
            return JSONSchemaFault("", at: way.last.map { places[$0] } ?? "", message, remedy: remedy)
        }
        return JSONSchemaFault("$ref", at: places[node], message, remedy: remedy)
    }
}
