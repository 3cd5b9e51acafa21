import Catalog

/// Finds the most specific host scope of a request; each scope names the next less specific one.
struct HostScopes: Sendable {
    /// A host, a wildcard, or all hosts (`nil`), in compiled order.
    let patterns: [HostPattern?]
    /// The scope to try after this one; -1 ends the chain.
    private let following: ContiguousArray<Int32>
    private let names: ByteTable
    /// The scope of all hosts, or -1.
    private let anyHost: Int32

    private static let exactNames: Int32 = 0
    private static let wildcards: Int32 = 1

    /// Compiles the hosts of `entries`.
    init(_ entries: [RouteTable.Entry]) {
        let hosts = Set(entries.flatMap(\.hosts).map(Self.normal)).sorted(by: Self.isMoreSpecific)
        let takesAny = entries.contains { $0.hosts.isEmpty }
        patterns = hosts + (takesAny ? [nil] : [])
        anyHost = takesAny ? Int32(clamping: hosts.count) : -1
        var names = ByteTable()
        for (scope, host) in hosts.enumerated() {
            let bytes = Array(host.name.utf8)
            let hash = bytes.reversed().reduce(ByteTable.emptyHash, ByteTable.hash(_:adding:))
            let kind = host.isWildcard ? Self.wildcards : Self.exactNames
            names.insert(bytes, scope: kind, hash: hash, value: Int32(clamping: scope))
        }
        names.freeze()
        self.names = names
        following = Self.chain(hosts, anyHost: anyHost)
    }

    /// `host` in lower case without a trailing dot.
    static func normal(_ host: HostPattern) -> HostPattern {
        let name = host.name.lowercased()
        return HostPattern(name: name.hasSuffix(".") ? String(name.dropLast()) : name, isWildcard: host.isWildcard)
    }

    /// The scope to try after `scope`, or -1.
    func next(after scope: Int32) -> Int32 { following[Int(scope)] }

    /// The most specific scope that takes the value of a `Host` field, or -1.
    ///
    /// One pass from the last byte to the first, so that every suffix has its hash when a label ends.
    func first(for host: Span<UInt8>) -> Int32 {
        guard names.count > 0 else { return anyHost }
        let end = Self.endOfName(host)
        var best = anyHost
        var hash = ByteTable.emptyHash
        var index = end
        while index > 0 {
            index -= 1
            if host[index] == UInt8(ascii: "."), index > 0 {
                best = find(host, index + 1..<end, Self.wildcards, hash) ?? best
            }
            hash = ByteTable.hash(hash, adding: ByteTable.lowered(host[index]))
        }
        return find(host, 0..<end, Self.exactNames, hash) ?? best
    }

    private func find(_ host: Span<UInt8>, _ range: Range<Int>, _ kind: Int32, _ hash: UInt64) -> Int32? {
        names.value(of: host, in: range, scope: kind, hash: hash, folding: true)
    }

    /// Where the name ends: before the port and before one trailing dot.
    private static func endOfName(_ host: Span<UInt8>) -> Int {
        let isLiteral = host.count > 0 && host[0] == UInt8(ascii: "[")
        var end = 0
        while end < host.count, isLiteral || host[end] != UInt8(ascii: ":") {
            end += 1
            if isLiteral, host[end - 1] == UInt8(ascii: "]") { break }
        }
        return end > 1 && host[end - 1] == UInt8(ascii: ".") ? end - 1 : end
    }

    /// Longer names first, so that a chain can be read off in order; the rest only makes the order total.
    private static func isMoreSpecific(_ left: HostPattern, _ right: HostPattern) -> Bool {
        if left.isWildcard != right.isWildcard { return !left.isWildcard }
        if left.name.utf8.count != right.name.utf8.count { return left.name.utf8.count > right.name.utf8.count }
        return left.name < right.name
    }

    /// For each scope the longest wildcard above it, else the scope of all hosts.
    private static func chain(_ hosts: [HostPattern], anyHost: Int32) -> ContiguousArray<Int32> {
        var wildcards: [String: Int32] = [:]
        for (scope, host) in hosts.enumerated() where host.isWildcard {
            wildcards[host.name] = Int32(clamping: scope)
        }
        var following = ContiguousArray<Int32>()
        for host in hosts { following.append(longestWildcard(above: host.name, in: wildcards) ?? anyHost) }
        if anyHost >= 0 { following.append(-1) }
        return following
    }

    private static func longestWildcard(above name: String, in wildcards: [String: Int32]) -> Int32? {
        var rest = name[...]
        while let dot = rest.firstIndex(of: ".") {
            let isLabelled = dot > name.startIndex
            rest = rest[rest.index(after: dot)...]
            if isLabelled, let scope = wildcards[String(rest)] { return scope }
        }
        return nil
    }
}
