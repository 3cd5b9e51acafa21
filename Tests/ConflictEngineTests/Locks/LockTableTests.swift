import ConflictEngine
import HTTPSemantics
import Testing

@Suite struct LockTableTests {
    @Test("a grant says all about the lock")
    func grants() throws {
        var table = LockTable()
        var wish = try wish("a", "/x/", .shared, .infinity)
        wish.owner = octets("<D:owner xmlns:D=\"DAV:\"/>")
        let lock = try table.grant(wish, now: 50)
        #expect(lock.token == wish.token && lock.root == wish.root && lock.scope == .shared && lock.depth == .infinity)
        #expect(lock.owner == wish.owner && lock.principal == "alice")
        #expect(lock.grantedAt == 50 && lock.expiresAt == 1050 && lock.fence == 1)
        #expect(table.lock(wish.token, now: 1049) == lock)
        #expect(table.lock(wish.token, now: 1050) == nil)
        #expect(table.all(now: 60) == [lock] && table.count == 1)
    }

    @Test("exclusive locks tolerate nobody and shared ones each other (RFC 4918, 6.1)")
    func compatibility() throws {
        for (held, asked, isGranted) in [
            (LockScope.shared, LockScope.shared, true), (.shared, .exclusive, false), (.exclusive, .shared, false),
            (.exclusive, .exclusive, false),
        ] {
            var table = LockTable()
            _ = try table.grant(wish("held", "/x", held), now: 0)
            #expect(refusal(&table, try wish("asked", "/x", asked)) == (isGranted ? [] : ["held"]))
        }
    }

    @Test("the creator's own exclusive lock is in its way too")
    func ownLockConflicts() throws {
        var table = LockTable()
        _ = try table.grant(wish("a", "/x", by: "alice"), now: 0)
        #expect(refusal(&table, try wish("b", "/x", by: "alice")) == ["a"])
    }

    @Test(
        "a lock of infinite depth covers everything below it and nothing beside it",
        arguments: [
            ("/a", true), ("/a/", true), ("/a/b", true), ("/a/b/c/d", true), ("/a//b", true), ("/", false),
            ("/ab", false),
            ("/a!b", false), ("/A", false), ("/b/a", false),
        ]
    )
    func infiniteDepth(path: String, isCovered: Bool) throws {
        for root in ["/a", "/a/"] {
            var table = LockTable()
            _ = try table.grant(wish("tree", root, .exclusive, .infinity), now: 0)
            #expect(names(table.locksCovering(place(path), now: 0)) == (isCovered ? ["tree"] : []))
            #expect(refusal(&table, try wish("b", path, .shared)) == (isCovered ? ["tree"] : []))
            #expect(table.locksCovering(place(path, upstream: "other"), now: 0).isEmpty)
        }
    }

    @Test("the root collection covers everything of its upstream")
    func rootCollection() throws {
        var table = LockTable()
        _ = try table.grant(wish("root", "/", .exclusive, .infinity), now: 0)
        #expect(names(table.locksCovering(place("/a/b"), now: 0)) == ["root"])
        #expect(names(table.locksCovering(place("/"), now: 0)) == ["root"])
        #expect(table.locksCovering(place("/a", upstream: "da"), now: 0).isEmpty)
    }

    @Test("a lock of depth 0 on a collection does not cover its members")
    func depthZero() throws {
        var table = LockTable()
        _ = try table.grant(wish("a", "/a"), now: 0)
        #expect(table.locksCovering(place("/a/b"), now: 0).isEmpty)
        #expect(refusal(&table, try wish("b", "/a/b")).isEmpty)
    }

    @Test("a new lock of infinite depth meets what is locked below it, in order (RFC 4918, 9.10.9)")
    func locksBelow() throws {
        var table = LockTable()
        for (name, path, scope) in [
            ("z", "/webdav/z", LockScope.shared), ("secret", "/webdav/secret", .exclusive),
            ("beside", "/webdavx", .exclusive),
            ("member", "/webdav/secret/x", .shared),
        ] {
            _ = try table.grant(wish(name, path, scope), now: 0)
        }
        #expect(refusal(&table, try wish("e", "/webdav/", .exclusive, .infinity)) == ["secret", "member", "z"])
        #expect(refusal(&table, try wish("s", "/webdav/", .shared, .infinity)) == ["secret"])
        #expect(refusal(&table, try wish("0", "/webdav/", .exclusive, .zero)).isEmpty)
        #expect(table.count == 5)
    }

    @Test("conflicts name the locks at and above first, the nearest first, and a hundred at most")
    func orderOfConflicts() throws {
        var table = LockTable()
        _ = try table.grant(wish("top", "/a", .shared, .infinity), now: 0)
        _ = try table.grant(wish("mid", "/a/b", .shared, .infinity), now: 0)
        _ = try table.grant(wish("low", "/a/b/c", .shared), now: 0)
        _ = try table.grant(wish("here", "/a/b/x", .shared), now: 0)
        #expect(refusal(&table, try wish("n", "/a/b", .exclusive, .infinity)) == ["mid", "top", "low", "here"])
        for number in 0..<150 { _ = try table.grant(wish("n\(number)", "/a/b/n\(number)", .shared), now: 0) }
        #expect(refusal(&table, try wish("n", "/a/b", .exclusive, .infinity)).count == 100)
    }

    @Test("a refresh starts the time anew and changes neither fence nor token (RFC 4918, 9.10.2)")
    func refreshes() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a", .exclusive, .infinity), now: 0)
        let longer = try table.refresh(lock.token, at: place("/a/b/c"), by: "alice", duration: 5000, now: 900)
        #expect(longer.expiresAt == 5900 && longer.fence == lock.fence && longer.grantedAt == 0)
        let shorter = try table.refresh(lock.token, at: place("/a"), by: "alice", duration: 10, now: 1000)
        #expect(shorter.expiresAt == 1010)
        #expect(names(table.removeExpired(now: 1010)) == ["a"])
    }

    @Test("a refresh or release needs a lock that is held, covers the resource and is the caller's")
    func faults() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a"), now: 0)
        let unknown = try token("b")
        for (token, path, principal, now, fault) in [
            (unknown, "/a", "alice", 1, LockFault.unknownToken), (lock.token, "/a/b", "alice", 1, .outOfScope),
            (lock.token, "/", "alice", 1, .outOfScope), (lock.token, "/a", "bob", 1, .notHolder),
            (lock.token, "/a", nil, 1, .notHolder), (lock.token, "/b", "bob", 1, .outOfScope),
            (lock.token, "/a", "alice", 1000, .unknownToken),
        ] as [(StateToken, String, String?, Int64, LockFault)] {
            #expect(throws: fault) {
                try table.refresh(token, at: place(path), by: principal, duration: 9, now: now)
            }
            #expect(throws: fault) { try table.release(token, at: place(path), by: principal, now: now) }
            #expect(!fault.summary.isEmpty)
        }
        #expect(throws: LockFault.unknownToken) {
            try table.refresh(lock.token, at: place("/a"), by: "alice", duration: 9, now: 5)
        }
    }

    @Test("a released lock is gone everywhere and its resource is free")
    func releases() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a", .exclusive, .infinity), now: 0)
        #expect(try table.release(lock.token, at: place("/a/b"), by: "alice", now: 1) == lock)
        #expect(table.locksCovering(place("/a/b"), now: 1).isEmpty && table.count == 0)
        #expect(throws: LockFault.unknownToken) { try table.release(lock.token, at: place("/a"), by: "alice", now: 1) }
        #expect(refusal(&table, try wish("b", "/a/b", by: "bob"), now: 1).isEmpty)
    }

    @Test("an operator ends any lock")
    func forcedRelease() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a"), now: 0)
        #expect(table.forceRelease(try token("x"), now: 1) == nil)
        #expect(table.forceRelease(lock.token, now: 1) == lock)
        #expect(table.forceRelease(lock.token, now: 1) == nil)
    }

    @Test("anonymous callers are each other's equals and nobody else's")
    func anonymous() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a", by: nil), now: 0)
        #expect(throws: LockFault.notHolder) { try table.release(lock.token, at: place("/a"), by: "", now: 0) }
        #expect(try table.release(lock.token, at: place("/a"), by: nil, now: 0) == lock)
    }

    @Test("no token names two locks, and DAV:no-lock none")
    func tokensInUse() throws {
        var table = LockTable()
        _ = try table.grant(wish("a", "/a"), now: 0)
        #expect(throws: LockRefusal.tokenInUse) { try table.grant(wish("a", "/b"), now: 0) }
        var nameless = try wish("b", "/b")
        nameless.token = .noLock
        #expect(throws: LockRefusal.tokenInUse) { try table.grant(nameless, now: 0) }
        for refusal in [LockRefusal.tokenInUse, .conflicting([]), .noFenceLeft, .tableFull(capacity: 1)] {
            #expect(!refusal.summary.isEmpty)
        }
    }

    @Test("what is deleted or moved away takes its locks and those below it with it")
    func removedTrees() throws {
        var table = LockTable()
        for (name, path) in [("here", "/a"), ("in", "/a/b"), ("deep", "/a/b/c"), ("beside", "/ab"), ("above", "/")] {
            _ = try table.grant(wish(name, path), now: 0)
        }
        #expect(names(table.removeTree(place("/a/"), keepingRoot: true)) == ["in", "deep"])
        #expect(names(table.removeTree(place("/a/"))) == ["here"])
        #expect(table.removeTree(place("/a")).isEmpty)
        #expect(names(table.all(now: 0)) == ["beside", "above"])
        #expect(table.locksCovering(place("/a/b"), now: 0).isEmpty)
    }

    @Test("a lock of infinite depth above stays when a member goes")
    func memberGoes() throws {
        var table = LockTable()
        _ = try table.grant(wish("tree", "/a", .exclusive, .infinity), now: 0)
        #expect(table.removeTree(place("/a/b")).isEmpty)
        #expect(names(table.locksCovering(place("/a/b"), now: 0)) == ["tree"])
    }
}
