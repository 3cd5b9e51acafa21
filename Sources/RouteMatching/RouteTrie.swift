/// The compiled patterns of all host scopes: one tree of segments in contiguous storage.
struct RouteTrie: Sendable {
    /// A run of ``candidates``.
    struct Run: Sendable {
        /// The first.
        var start: Int32 = 0
        /// How many.
        var count: Int32 = 0
    }

    /// A place between two segments.
    struct Node: Sendable {
        /// Where any non-empty segment leads; -1 nowhere.
        var parameter: Int32 = -1
        /// Whether some literal segment leads on.
        var hasLiterals = false
        /// The routes whose pattern ends here.
        var ends = Run()
        /// The routes whose tail begins here.
        var tails = Run()
    }

    /// A route that takes one method.
    struct Candidate: Sendable {
        /// The method's number; ``anyMethod`` for all.
        var method: Int32
        /// The caller's route number.
        var route: Int
    }

    /// What a walk finds and collects on its way.
    struct Walk {
        /// The number of the request's method; ``unknownMethod`` where no route names it.
        var method: Int32
        /// Where the parameters are.
        var captures = PathCaptures()
        /// Whether a pattern took the path with another method.
        var sawOtherMethod = false
    }

    /// Stands for every method in a candidate.
    static let anyMethod: Int32 = -1
    /// Stands for a method that no route names.
    static let unknownMethod: Int32 = -2

    /// The places; each scope's root is one of them.
    var nodes = ContiguousArray<Node>()
    /// The routes, grouped by place.
    var candidates = ContiguousArray<Candidate>()
    /// Literal segments: from a node (the scope) to the next one.
    var literals = ByteTable()

    /// The route that takes `path` from `cursor` on, below `root`; `nil` if none does with the walk's method.
    ///
    /// Literal before parameter before tail, segment by segment; a dead end goes back to the last choice. The
    /// recursion is as deep as the pattern, which ``RouteTable/segmentLimit`` bounds. `cursor` is the first byte
    /// of the next segment, or beyond the end where the path has no more segments.
    func walk(_ path: Span<UInt8>, from root: Int32, at start: Int, _ walk: inout Walk) -> Int? {
        var place = root
        var cursor = start
        while true {
            let node = nodes[Int(place)]
            guard cursor <= path.count else {
                return choose(node.ends, &walk) ?? takeTail(node, path.count, path.count, &walk)
            }
            let (end, hash) = Self.segment(path, at: cursor)
            let hasTail = node.tails.count > 0
            if node.hasLiterals, let next = literals.value(of: path, in: cursor..<end, scope: place, hash: hash) {
                if node.parameter < 0, !hasTail {
                    place = next
                    cursor = end + 1
                    continue
                }
                if let route = attempt(path, next, end + 1, &walk) { return route }
            }
            guard node.parameter >= 0, end > cursor else { return takeTail(node, cursor, path.count, &walk) }
            let kept = walk.captures.count
            walk.captures.append(from: cursor, to: end)
            if hasTail {
                if let route = attempt(path, node.parameter, end + 1, &walk) { return route }
                walk.captures.shrink(to: kept)
                return takeTail(node, cursor, path.count, &walk)
            }
            place = node.parameter
            cursor = end + 1
        }
    }

    /// Walks on and, at a dead end, forgets what was captured on the way.
    private func attempt(_ path: Span<UInt8>, _ node: Int32, _ cursor: Int, _ state: inout Walk) -> Int? {
        let kept = state.captures.count
        if let route = walk(path, from: node, at: cursor, &state) { return route }
        state.captures.shrink(to: kept)
        return nil
    }

    @inline(__always)
    private func takeTail(_ node: Node, _ start: Int, _ end: Int, _ walk: inout Walk) -> Int? {
        guard let route = choose(node.tails, &walk) else { return nil }
        walk.captures.append(from: start, to: end)
        return route
    }

    @inline(__always)
    private func choose(_ run: Run, _ walk: inout Walk) -> Int? {
        guard run.count > 0 else { return nil }
        for index in Int(run.start)..<Int(run.start) + Int(run.count) {
            let candidate = candidates[index]
            if candidate.method == walk.method || candidate.method == Self.anyMethod { return candidate.route }
        }
        walk.sawOtherMethod = true
        return nil
    }

    /// The end of the segment that begins at `start`, and its hash.
    @inline(__always)
    private static func segment(_ path: Span<UInt8>, at start: Int) -> (end: Int, hash: UInt64) {
        var end = start
        var hash = ByteTable.emptyHash
        while end < path.count, path[end] != UInt8(ascii: "/") {
            hash = ByteTable.hash(hash, adding: path[end])
            end += 1
        }
        return (end, hash)
    }
}
