import Catalog

/// Grows the tree of patterns and lays it out at the end.
struct RouteTrieBuilder {
    private var trie = RouteTrie()
    private var ends: [[RouteTrie.Candidate]] = []
    private var tails: [[RouteTrie.Candidate]] = []

    /// Adds a root and returns its number.
    mutating func addNode() -> Int32 {
        trie.nodes.append(RouteTrie.Node())
        ends.append([])
        tails.append([])
        return Int32(clamping: trie.nodes.count - 1)
    }

    /// Adds a route below `root`; `methods` are numbers, or ``RouteTrie/anyMethod``.
    mutating func add(_ segments: [PathPattern.Segment], below root: Int32, methods: [Int32], route: Int) {
        let candidates = methods.map { RouteTrie.Candidate(method: $0, route: route) }
        var node = root
        for segment in segments {
            switch segment {
            case .literal(let bytes):
                node = literalChild(of: node, bytes)
            case .parameter:
                node = parameterChild(of: node)
            case .tail:
                tails[Int(node)] += candidates
                return
            }
        }
        ends[Int(node)] += candidates
    }

    /// The tree, with the routes of each place side by side; the lowest route number first.
    consuming func finish() -> RouteTrie {
        for index in trie.nodes.indices {
            trie.nodes[index].ends = layOut(ends[index])
            trie.nodes[index].tails = layOut(tails[index])
        }
        trie.literals.freeze()
        return trie
    }

    private mutating func layOut(_ candidates: [RouteTrie.Candidate]) -> RouteTrie.Run {
        let start = Int32(clamping: trie.candidates.count)
        trie.candidates += candidates.sorted { ($0.route, $0.method) < ($1.route, $1.method) }
        return RouteTrie.Run(start: start, count: Int32(clamping: candidates.count))
    }

    private mutating func literalChild(of node: Int32, _ bytes: [UInt8]) -> Int32 {
        if let known = trie.literals.value(of: bytes.span, scope: node) { return known }
        let child = addNode()
        trie.literals.insert(bytes, scope: node, hash: ByteTable.hash(of: bytes.span), value: child)
        trie.nodes[Int(node)].hasLiterals = true
        return child
    }

    private mutating func parameterChild(of node: Int32) -> Int32 {
        let known = trie.nodes[Int(node)].parameter
        if known >= 0 { return known }
        let child = addNode()
        trie.nodes[Int(node)].parameter = child
        return child
    }
}
