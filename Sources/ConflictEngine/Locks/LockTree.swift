import HTTPSemantics

/// Which locks are rooted at, above and below a place.
///
/// Looking at and above a place takes time in the length of its path, however many locks there are; looking below it
/// takes time in what is there.
struct LockTree: Sendable {
    private struct Node: Sendable {
        let path: TreePath
        var tokens: [StateToken]
    }

    /// The nodes by the hash of their path; more than one under a hash only by bad luck.
    private var nodes: [UInt64: [Node]] = [:]
    /// Where locks are rooted, in the order of the tree.
    private var order: [TreePath] = []

    /// Roots a lock at `path`.
    mutating func insert(_ token: StateToken, at path: TreePath) {
        let hash = Self.hash(path)
        if let place = nodes[hash]?.firstIndex(where: { $0.path == path }) {
            nodes[hash]?[place].tokens.append(token)
            return
        }
        nodes[hash, default: []].append(Node(path: path, tokens: [token]))
        order.insert(path, at: position(of: path))
    }

    /// Takes a lock that is rooted at `path` away.
    mutating func remove(_ token: StateToken, at path: TreePath) {
        let hash = Self.hash(path)
        guard let place = nodes[hash]?.firstIndex(where: { $0.path == path }) else { return }
        nodes[hash]?[place].tokens.removeAll { $0 == token }
        guard nodes[hash]?[place].tokens.isEmpty == true else { return }
        nodes[hash]?.remove(at: place)
        if nodes[hash]?.isEmpty == true { nodes[hash] = nil }
        let index = position(of: path)
        if index < order.count, order[index] == path { order.remove(at: index) }
    }

    /// The locks rooted at `path`.
    func tokens(at path: TreePath) -> [StateToken] {
        nodes[Self.hash(path)]?.first { $0.path == path }?.tokens ?? []
    }

    /// The locks rooted above `path`, the nearest first.
    func tokensAbove(_ path: TreePath) -> [StateToken] {
        var hash = PathHash(upstream: path.upstream)
        var found: [[StateToken]] = []
        for (index, byte) in path.bytes.enumerated() {
            if byte == TreePath.slash, let candidates = nodes[hash.value] {
                let beginning = path.bytes[..<index]
                let node = candidates.first {
                    $0.path.bytes.elementsEqual(beginning) && $0.path.upstream == path.upstream
                }
                if let node { found.append(node.tokens) }
            }
            hash.feed(byte)
        }
        return Array(found.reversed().joined())
    }

    /// Where locks are rooted below `path`, in the order of the tree.
    func places(below path: TreePath) -> some Sequence<TreePath> {
        order[position(of: path)...].lazy.drop { $0 == path }.prefix { path.isAbove($0) }
    }

    /// Where `path` stands in the order, or would stand.
    private func position(of path: TreePath) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = low + (high - low) / 2
            if order[middle] < path { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func hash(_ path: TreePath) -> UInt64 {
        var hash = PathHash(upstream: path.upstream)
        for byte in path.bytes { hash.feed(byte) }
        return hash.value
    }
}
