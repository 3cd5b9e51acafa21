import ConflictEngine
import HTTPSemantics
import Testing

@Suite struct LockBlockingTests {
    private func table(_ wishes: LockRequest...) throws -> LockTable {
        var table = LockTable()
        for wish in wishes { _ = try table.grant(wish, now: 0) }
        return table
    }

    private func blocked(_ table: LockTable, _ write: GuardedWrite?, _ caller: LockCaller, now: Int64 = 0) -> [String] {
        write.map { names(table.whatBlocks($0, by: caller, now: now)) } ?? []
    }

    @Test("nothing is blocked where nothing is locked")
    func empty() throws {
        #expect(try blocked(LockTable(), GuardedWrite(.remove, place("/")), caller(nil)).isEmpty)
    }

    @Test("a write needs the token and its creator: knowing the token is not enough (RFC 4918, 6.4)")
    func tokenAndCreator() throws {
        let table = try table(wish("a", "/a"))
        let write = GuardedWrite(.change, place("/a"))
        #expect(try blocked(table, write, caller("alice", "a")).isEmpty)
        #expect(try blocked(table, write, caller("alice", "x", "a")).isEmpty)
        #expect(try blocked(table, write, caller("alice")) == ["a"])
        #expect(try blocked(table, write, caller("bob", "a")) == ["a"])
        #expect(try blocked(table, write, caller(nil, "a")) == ["a"])
        #expect(try blocked(table, write, caller("bob"), now: 1000).isEmpty)
    }

    @Test("an anonymous creator's lock yields to any anonymous caller with the token")
    func anonymous() throws {
        let table = try table(wish("a", "/a", by: nil))
        let write = GuardedWrite(.change, place("/a"))
        #expect(try blocked(table, write, caller(nil, "a")).isEmpty)
        #expect(try blocked(table, write, caller(nil)) == ["a"])
        #expect(try blocked(table, write, caller("alice", "a")) == ["a"])
    }

    @Test("one of several shared locks is enough, if it is the caller's (RFC 4918, 6.2)")
    func sharedLocks() throws {
        let table = try table(
            wish("a", "/a", .shared, by: "alice"),
            wish("b", "/a", .shared, by: "bob"),
            wish("tree", "/", .shared, .infinity, by: "carol")
        )
        let write = GuardedWrite(.change, place("/a"))
        #expect(try blocked(table, write, caller("alice", "a")).isEmpty)
        #expect(try blocked(table, write, caller("carol", "tree")).isEmpty)
        #expect(try blocked(table, write, caller("alice", "b")) == ["a", "b", "tree"])
        #expect(try blocked(table, write, caller("dave", "a", "b", "tree")) == ["a", "b", "tree"])
    }

    @Test(
        "methods that do not write, and COPY from a locked resource, are not blocked (RFC 4918, 7)",
        arguments: [
            "GET", "HEAD", "OPTIONS", "PROPFIND", "UNLOCK", "COPY", "MOVE", "LOCK",
        ]
    )
    func freeMethods(method: String) {
        #expect(GuardedWrite.of(method: method, on: place("/a"), exists: true) == nil)
    }

    @Test("methods that write are", arguments: ["PUT", "POST", "PATCH", "PROPPATCH", "MKCOL", "DELETE", "FROBNICATE"])
    func guardedMethods(method: String) throws {
        let table = try table(wish("a", "/a"))
        let write = try #require(GuardedWrite.of(method: method, on: place("/a"), exists: true))
        #expect(try blocked(table, write, caller("bob")) == ["a"])
        #expect(try blocked(table, write, caller("alice", "a")).isEmpty)
    }

    @Test("a locked collection keeps its members, at either depth (RFC 4918, 7.4)", arguments: LockDepth.allCases)
    func membership(depth: LockDepth) throws {
        let table = try table(wish("c", "/c/", .exclusive, depth))
        let member = place("/c/m")
        for (method, exists, isBlocked) in [
            ("PUT", false, true), ("POST", false, true), ("MKCOL", false, true), ("LOCK", false, true),
            ("DELETE", true, true), ("PUT", true, depth == .infinity), ("PATCH", true, depth == .infinity),
            ("LOCK", true, false),
        ] {
            let write = GuardedWrite.of(method: method, on: member, exists: exists)
            #expect(try blocked(table, write, caller("bob")) == (isBlocked ? ["c"] : []), "\(method) \(exists)")
            #expect(try blocked(table, write, caller("alice", "c")).isEmpty)
        }
        let deeper = GuardedWrite.of(method: "PUT", on: place("/c/d/m"), exists: false)
        #expect(try blocked(table, deeper, caller("bob")) == (depth == .infinity ? ["c"] : []))
        #expect(try blocked(table, GuardedWrite(.remove, place("/cm")), caller("bob")).isEmpty)
    }

    @Test("a collection cannot go while a member is locked (RFC 4918, 7.3 and 9.6.1)")
    func lockedMembers() throws {
        let table = try table(wish("m", "/c/d/m"), wish("n", "/c/n", by: "bob"), wish("x", "/cx"))
        let delete = GuardedWrite.of(method: "DELETE", on: place("/c/"), exists: true)
        #expect(try blocked(table, delete, caller("alice")) == ["m", "n"])
        #expect(try blocked(table, delete, caller("alice", "m")) == ["n"])
        #expect(try blocked(table, delete, caller("alice", "m", "n")) == ["n"])
        #expect(try blocked(table, GuardedWrite(.change, place("/c/")), caller("carol")).isEmpty)
        #expect(try blocked(table, delete, caller("carol"), now: 1000).isEmpty)
    }

    @Test("a lock around a shared member's permits its deletion by the one who holds it")
    func sharedMembers() throws {
        let table = try table(
            wish("tree", "/c", .shared, .infinity, by: "alice"),
            wish("m", "/c/m", .shared, by: "bob")
        )
        let delete = GuardedWrite(.remove, place("/c"))
        #expect(try blocked(table, delete, caller("alice", "tree")).isEmpty)
        #expect(try blocked(table, delete, caller("bob", "m")) == ["tree"])
        #expect(try blocked(table, GuardedWrite(.change, place("/c/m")), caller("bob", "m")).isEmpty)
    }

    @Test("MOVE asks at both ends, and COPY at its destination (RFC 4918, 7.7, 9.8 and 9.9)")
    func movesAndCopies() throws {
        let table = try table(
            wish("from", "/from/x"),
            wish("to", "/to", .exclusive, .zero, by: "bob"),
            wish("t", "/t/y/z")
        )
        let source = place("/from/x")
        let of = { (method: String, target: String, replaces: Bool) in
            GuardedWrite.of(method: method, on: source, exists: true, destination: place(target), replaces: replaces)
        }
        #expect(try blocked(table, of("MOVE", "/free", false), caller("x")) == ["from"])
        #expect(try blocked(table, of("MOVE", "/free", false), caller("alice", "from")).isEmpty)
        #expect(try blocked(table, of("MOVE", "/to/new", false), caller("alice", "from")) == ["to"])
        #expect(try blocked(table, of("MOVE", "/to/old", true), caller("alice", "from")) == ["to"])
        #expect(try blocked(table, of("MOVE", "/to", true), caller("x")) == ["from", "to"])
        #expect(try blocked(table, of("MOVE", "/t/y", true), caller("alice", "from")) == ["t"])
        #expect(try blocked(table, of("COPY", "/free", false), caller("x")).isEmpty)
        #expect(try blocked(table, of("COPY", "/to/new", false), caller("x")) == ["to"])
        #expect(try blocked(table, of("COPY", "/to/old", true), caller("x")).isEmpty)
        #expect(try blocked(table, of("COPY", "/to", true), caller("x")) == ["to"])
        #expect(try blocked(table, of("COPY", "/t", true), caller("x")) == ["t"])
        #expect(try blocked(table, of("COPY", "/t", true), caller("alice", "t")).isEmpty)
    }

    @Test("the list of blocking locks names each once, and a hundred at most")
    func boundedLists() throws {
        var table = LockTable()
        for number in 0..<150 { _ = try table.grant(wish("n\(number)", "/c/n\(number)"), now: 0) }
        #expect(try blocked(table, GuardedWrite(.remove, place("/c")), caller("bob")).count == 100)
        let tree = try self.table(wish("tree", "/c", .exclusive, .infinity))
        let move = GuardedWrite.move(place("/c/a"), to: place("/c/b"), replaces: false)
        #expect(try blocked(tree, move, caller("bob")) == ["tree"])
    }

    @Test("a path of thousands of segments is looked up as fast as any", arguments: [8, 4000])
    func longPaths(segments: Int) throws {
        var table = LockTable()
        let path = String(repeating: "/a", count: segments)
        _ = try table.grant(wish("tree", "/a/a", .shared, .infinity), now: 0)
        _ = try table.grant(wish("end", path, .shared), now: 0)
        #expect(names(table.locksCovering(place(path), now: 0)) == ["end", "tree"])
        #expect(names(table.locksCovering(place(path + "/a"), now: 0)) == ["tree"])
    }
}
