/// Where a resource stands in the tree of paths of its upstream.
///
/// One slash at the end does not count: `/a` and `/a/` are one collection (RFC 4918, section 5.2), so a lock on one is
/// a lock on the other. The order is that of the tree: a path, all that is below it, then its next neighbour.
struct TreePath: Hashable, Comparable, Sendable {
    /// The name of the upstream.
    let upstream: String
    /// The path without a slash at the end; empty for the root.
    let bytes: [UInt8]

    /// The place of a resource.
    init(_ identity: ResourceIdentity) {
        upstream = identity.upstream
        bytes = identity.path.last == Self.slash ? Array(identity.path.dropLast()) : identity.path
    }

    private init(upstream: String, bytes: [UInt8]) {
        self.upstream = upstream
        self.bytes = bytes
    }

    /// The byte between segments.
    static let slash = UInt8(ascii: "/")

    /// The collection that the resource is a member of; `nil` for the root.
    var parent: TreePath? {
        bytes.lastIndex(of: Self.slash).map { TreePath(upstream: upstream, bytes: Array(bytes[..<$0])) }
    }

    /// Whether `other` is somewhere below this place, and not this place.
    func isAbove(_ other: TreePath) -> Bool {
        other.bytes.count > bytes.count && other.bytes[bytes.count] == Self.slash && other.bytes.starts(with: bytes)
            && other.upstream == upstream
    }

    /// Orders by upstream, then by the tree.
    static func < (left: Self, right: Self) -> Bool {
        if left.upstream != right.upstream { return left.upstream < right.upstream }
        return left.bytes.lexicographicallyPrecedes(right.bytes) { rank($0) < rank($1) }
    }

    /// The slash sorts before all other bytes, so that nothing comes between a path and what is below it.
    private static func rank(_ byte: UInt8) -> Int { byte == slash ? -1 : Int(byte) }
}
