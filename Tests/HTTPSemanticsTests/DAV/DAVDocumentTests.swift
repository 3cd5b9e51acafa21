import HTTPSemantics
import Testing

@Suite struct DAVDocumentTests {
    private static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

    private func lock(owner: [UInt8] = [], token: StateToken? = nil, root: String = "/a") -> ActiveLock {
        ActiveLock(scope: .shared, depth: .zero, owner: owner, timeout: 604_800, token: token, root: bytes(root))
    }

    @Test("lockdiscovery tells all about a lock")
    func lockDiscovery() throws {
        let owner = try #require(LockOwner(text: "Jane"))
        let token = StateToken(uri: bytes("urn:uuid:1"))
        let answer = DAVDocument.lockDiscovery([lock(owner: owner.element, token: token)])
        #expect(
            text(answer) == Self.head + "<D:prop xmlns:D=\"DAV:\"><D:lockdiscovery><D:activelock>"
                + "<D:locktype><D:write/></D:locktype><D:lockscope><D:shared/></D:lockscope><D:depth>0</D:depth>"
                + "<D:owner xmlns:D=\"DAV:\">Jane</D:owner><D:timeout>Second-604800</D:timeout>"
                + "<D:locktoken><D:href>urn:uuid:1</D:href></D:locktoken><D:lockroot><D:href>/a</D:href></D:lockroot>"
                + "</D:activelock></D:lockdiscovery></D:prop>\n"
        )
        try XMLText.check(answer)
    }

    @Test("a lock without owner or visible token, and no lock at all, are well-formed answers")
    func sparseLocks() throws {
        let answer = DAVDocument.lockDiscovery([lock(), lock(root: "/b")])
        #expect(!text(answer).contains("owner") && !text(answer).contains("locktoken"))
        try XMLText.check(answer)
        try XMLText.check(DAVDocument.lockDiscovery([]))
    }

    @Test(
        "paths are escaped",
        arguments: [
            ("/a&b", "/a&amp;b"), ("/a<b>\"", "/a&lt;b&gt;&quot;"), ("/ä b", "/%C3%A4%20b"),
            ("/\u{1}]]>", "/%01]]&gt;"),
            ("/%C3%A4", "/%C3%A4"),
        ] as [(String, String)]
    )
    func escapedPaths(path: String, escaped: String) throws {
        let answer = DAVDocument.error(.lockTokenSubmitted([bytes(path)]))
        #expect(
            text(answer) == Self.head + "<D:error xmlns:D=\"DAV:\"><D:lock-token-submitted><D:href>\(escaped)</D:href>"
                + "</D:lock-token-submitted></D:error>\n"
        )
        try XMLText.check(answer)
    }

    @Test("each condition has its element")
    func conditions() throws {
        let conflict = text(DAVDocument.error(.noConflictingLock([bytes("/a"), bytes("/b")])))
        #expect(
            conflict.contains("<D:no-conflicting-lock><D:href>/a</D:href><D:href>/b</D:href></D:no-conflicting-lock>")
        )
        #expect(text(DAVDocument.error(.noConflictingLock([]))).contains("<D:no-conflicting-lock/>"))
        let mismatch = DAVDocument.error(.lockTokenMatchesRequestURI)
        #expect(text(mismatch).contains("<D:lock-token-matches-request-uri/>"))
        try XMLText.check(mismatch)
    }

    @Test("a lock that fails on a member gets 423 there and 424 at its root (RFC 4918, 9.10.9)")
    func multiStatus() throws {
        let member = DAVResponse(
            bytes("/webdav/secret"),
            status: 423,
            condition: .noConflictingLock([bytes("/webdav/secret")])
        )
        let answer = DAVDocument.multiStatus([member, DAVResponse(bytes("/webdav/"), status: 424)])
        #expect(text(answer).contains("<D:status>HTTP/1.1 423 Locked</D:status><D:error><D:no-conflicting-lock>"))
        #expect(
            text(answer).contains(
                "<D:href>/webdav/</D:href><D:status>HTTP/1.1 424 Failed Dependency</D:status></D:response>"
            )
        )
        try XMLText.check(answer)
    }
}
