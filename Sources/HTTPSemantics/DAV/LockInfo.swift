/// The body of a LOCK request that asks for a new lock (RFC 4918, section 14.11).
package struct LockInfo: Sendable, Equatable {
    /// Whether others may hold locks beside it.
    package let scope: LockScope
    /// Who asks, in the client's own words; `nil` if it says nothing.
    package let owner: LockOwner?

    /// A wish for a lock.
    package init(scope: LockScope, owner: LockOwner? = nil) {
        self.scope = scope
        self.owner = owner
    }

    /// Reads a body, whose length the caller has limited.
    ///
    /// Elements that RFC 4918 does not know are passed over, as its section 17 asks.
    package init(body: [UInt8]) throws(XMLFault) {
        self = try LockInfoReader.read(body)
    }

    /// The wish as a body.
    package var bytes: [UInt8] {
        let open = Array("<D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:\(scope.rawValue)/></D:lockscope>".utf8)
        let type = Array("<D:locktype><D:write/></D:locktype>".utf8)
        return XMLText.declaration + open + type + (owner?.element ?? []) + Array("</D:lockinfo>".utf8)
    }
}
