/// What writes change: the same for every route, host, method and query that leads to it.
///
/// The hash is made once, with the process's own random seed, so that looking it up in several tables is cheap and
/// nobody outside can make collisions. Identities have a total order; whoever needs several turns takes them in it.
package struct ResourceIdentity: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name of the upstream that holds the resource.
    package let upstream: String
    /// Its path there in normal form, as the policy's `resource` fills it in.
    package let path: [UInt8]
    /// A hash of both, well spread in all bits.
    let digest: Int

    /// Names a resource of an upstream.
    package init(upstream: String, path: [UInt8]) {
        self.upstream = upstream
        self.path = path
        var hasher = Hasher()
        hasher.combine(upstream)
        hasher.combine(path.count)
        unsafe path.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        digest = hasher.finalize()
    }

    /// The path as text.
    package var description: String { String(decoding: path, as: UTF8.self) }

    /// Feeds the hash made at the start.
    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// Whether both name the same resource.
    package static func == (left: Self, right: Self) -> Bool {
        left.digest == right.digest && left.path == right.path && left.upstream == right.upstream
    }

    /// Orders by upstream, then by the bytes of the path.
    package static func < (left: Self, right: Self) -> Bool {
        if left.upstream != right.upstream { return left.upstream < right.upstream }
        return left.path.lexicographicallyPrecedes(right.path)
    }

    /// The resources whose turns a write needs, in the order in which to take them; equal ones once.
    package static func inTurnOrder(_ identities: [Self]) -> [Self] {
        Set(identities).sorted()
    }
}
