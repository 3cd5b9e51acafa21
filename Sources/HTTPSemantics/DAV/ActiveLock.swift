/// A lock as `lockdiscovery` tells about it (RFC 4918, section 14.1).
package struct ActiveLock: Sendable, Equatable {
    /// Whether others may hold locks beside it.
    package var scope: LockScope
    /// How far below its root it reaches.
    package var depth: LockDepth
    /// The element of a ``LockOwner``; empty if the creator said nothing.
    package var owner: [UInt8]
    /// How many seconds it is still held.
    package var timeout: Int64
    /// Its token; `nil` where the reader may not know it.
    package var token: StateToken?
    /// The path or URI of its root.
    package var root: [UInt8]

    /// A lock with these.
    package init(
        scope: LockScope,
        depth: LockDepth,
        owner: [UInt8],
        timeout: Int64,
        token: StateToken?,
        root: [UInt8]
    ) {
        self.scope = scope
        self.depth = depth
        self.owner = owner
        self.timeout = timeout
        self.token = token
        self.root = root
    }

    /// The element `activelock`, for a document that declares the prefix `D`.
    var element: [UInt8] {
        let kind = "<D:locktype><D:write/></D:locktype><D:lockscope><D:\(scope.rawValue)/></D:lockscope>"
        let open = Array("<D:activelock>\(kind)<D:depth>\(depth.rawValue)</D:depth>".utf8)
        let time = Array("<D:timeout>Second-\(max(0, timeout))</D:timeout>".utf8)
        let name = token.map { DAVDocument.wrapped("locktoken", DAVDocument.href($0.uri)) } ?? []
        let place = DAVDocument.wrapped("lockroot", DAVDocument.href(root))
        return open + owner + time + name + place + Array("</D:activelock>".utf8)
    }
}
