import Catalog

/// Routes compiled for matching by host, path and method; immutable, so that every loop may read it at once.
///
/// - An exact host beats a wildcard, a longer wildcard a shorter one, any wildcard a route for all hosts.
/// - Within a host a literal beats a parameter beats a tail, segment by segment.
/// - A more specific pattern that does not take the method lets a less specific one have the request.
package final class RouteTable: Sendable {
    /// The most segments one pattern may have.
    package static let segmentLimit = 128

    private let hosts: HostScopes
    /// The root of each host scope.
    private let roots: ContiguousArray<Int32>
    private let trie: RouteTrie
    private let methodNumbers: ByteTable
    /// Method names in order; a method's number is its place.
    private let methodNames: [String]

    /// Compiles `entries`, whose order does not matter.
    ///
    /// Where two of them overlap (see ``overlaps(_:)``) the lower route number wins.
    ///
    /// - Throws: The first of ``findings(in:)``.
    package init(_ entries: [Entry]) throws(RouteFinding) {
        if let finding = Self.findings(in: entries).first { throw finding }
        let names = Set(entries.flatMap { $0.methods ?? [] }).sorted()
        let hosts = HostScopes(entries)
        var numbers: [String: Int32] = [:]
        var methodNumbers = ByteTable()
        for (number, name) in names.enumerated() {
            let bytes = Array(name.utf8)
            numbers[name] = Int32(clamping: number)
            methodNumbers.insert(bytes, scope: 0, hash: ByteTable.hash(of: bytes.span), value: Int32(clamping: number))
        }
        methodNumbers.freeze()
        var builder = RouteTrieBuilder()
        roots = Self.plant(entries, hosts, numbers, into: &builder)
        trie = builder.finish()
        methodNames = names
        self.methodNumbers = methodNumbers
        self.hosts = hosts
    }

    /// Everything that makes `entries` impossible to compile, in their order.
    package static func findings(in entries: [Entry]) -> [RouteFinding] {
        entries.compactMap(\.finding)
    }

    /// The route for a request.
    ///
    /// - Parameters:
    ///   - host: The value of the `Host` field: any case, with or without port; empty where there is none.
    ///   - path: The path in normal form, without query; one that does not begin with `/` matches nothing.
    ///   - method: The method as sent.
    /// - Returns: The most specific route that takes all three, or why there is none.
    package func match(host: Span<UInt8>, path: Span<UInt8>, method: Span<UInt8>) -> RouteMatch {
        guard path.count > 0, path.count <= 0xFFFF, path[0] == UInt8(ascii: "/") else { return .notFound }
        let number = methodNumbers.value(of: method, scope: 0) ?? RouteTrie.unknownMethod
        let scope = hosts.first(for: host)
        var walk = RouteTrie.Walk(method: number)
        if let route = find(path, from: scope, &walk) { return .route(index: route, captures: walk.captures) }
        return walk.sawOtherMethod ? .methodNotAllowed(allowed: methods(for: path, from: scope)) : .notFound
    }

    /// The first scope of the chain that takes the path with the walk's method decides.
    private func find(_ path: Span<UInt8>, from first: Int32, _ walk: inout RouteTrie.Walk) -> Int? {
        var scope = first
        while scope >= 0 {
            if let route = trie.walk(path, from: roots[Int(scope)], at: 1, &walk) { return route }
            walk.captures.shrink(to: 0)
            scope = hosts.next(after: scope)
        }
        return nil
    }

    /// The methods with which some route takes `path`, by trying each; only refusals come here.
    private func methods(for path: Span<UInt8>, from scope: Int32) -> [String] {
        var allowed: [String] = []
        for (number, name) in methodNames.enumerated() {
            var walk = RouteTrie.Walk(method: Int32(clamping: number))
            if find(path, from: scope, &walk) != nil { allowed.append(name) }
        }
        return allowed
    }

    /// Adds every entry to the tree of each of its host scopes and returns the trees' roots.
    private static func plant(
        _ entries: [Entry],
        _ hosts: HostScopes,
        _ numbers: [String: Int32],
        into builder: inout RouteTrieBuilder
    ) -> ContiguousArray<Int32> {
        var roots = ContiguousArray<Int32>()
        var rootOfPattern: [HostPattern?: Int32] = [:]
        for pattern in hosts.patterns {
            let root = builder.addNode()
            roots.append(root)
            rootOfPattern[pattern] = root
        }
        for entry in entries {
            let methods = entry.methods.map { names in Set(names).compactMap { numbers[$0] } }
            for scope in entry.hostScopes {
                guard let root = rootOfPattern[scope] else { continue }
                let taken = methods ?? [RouteTrie.anyMethod]
                builder.add(entry.pattern.segments, below: root, methods: taken, route: entry.index)
            }
        }
        return roots
    }
}
