import ConflictEngine
import HTTPSemantics
import Testing

@Suite struct LockJudgementTests {
    private func table(_ wishes: LockRequest...) throws -> LockTable {
        var table = LockTable()
        for wish in wishes { _ = try table.grant(wish, now: 0) }
        return table
    }

    /// What becomes of a PUT of `alice` to `path`, whose version is `tag` if it exists.
    private func put(_ table: LockTable, _ field: String?, to path: String, tag: String?) throws -> Int? {
        try judge(table, field, path: path, tag: tag).status
    }

    private func judge(
        _ table: LockTable,
        _ field: String?,
        by principal: String? = "alice",
        path: String,
        tag: String?
    ) throws -> LockJudgement {
        let header = try field.map { try IfHeader(fieldLines: [octets($0)]) }
        let conditions = LockConditions(header: header, principal: principal)
        let write = GuardedWrite.of(method: "PUT", on: place(path), exists: tag != nil)
        return table.judge(write, conditions, now: 0) { resource in
            let name = resource.map { String(decoding: $0, as: UTF8.self) } ?? path
            guard name.hasPrefix("/"), name != path || tag != nil else { return nil }
            return LockConditions.Found(
                place(name),
                tag: name == path ? tag.flatMap { EntityTag(field: octets($0)) } : nil
            )
        }
    }

    @Test("case 30: token and tag true or false, token missing on a locked resource, and nothing there")
    func caseThirty() throws {
        let table = try table(wish("tok", "/doc"))
        #expect(try put(table, "(<urn:test:tok> [\"A\"])", to: "/doc", tag: "\"A\"") == nil)
        #expect(try put(table, "(<urn:test:tok> [\"B\"])", to: "/doc", tag: "\"A\"") == 412)
        #expect(try put(table, "(<urn:test:bad> [\"A\"])", to: "/doc", tag: "\"A\"") == 412)
        #expect(try put(table, "([\"A\"])", to: "/doc", tag: "\"A\"") == 423)
        #expect(try put(table, nil, to: "/doc", tag: "\"A\"") == 423)
        #expect(try put(table, "(<urn:test:tok> [\"A\"])", to: "/none", tag: nil) == 412)
        #expect(try put(table, "(Not <urn:test:tok> Not [\"A\"])", to: "/none", tag: nil) == nil)
    }

    @Test("412 wins over 423")
    func failedConditionsWin() throws {
        let table = try table(wish("tok", "/doc", by: "bob"))
        #expect(try judge(table, "([\"B\"])", path: "/doc", tag: "\"A\"") == .preconditionFailed)
        #expect(try judge(table, "(<DAV:no-lock>)", path: "/doc", tag: "\"A\"") == .preconditionFailed)
        #expect(try judge(table, "(<urn:test:tok>)", path: "/doc", tag: "\"A\"").status == 423)
    }

    @Test("a token is submitted even where its list is false, as long as another one is true")
    func submissionIsSeparateFromTruth() throws {
        let table = try table(wish("tok", "/doc"))
        #expect(try put(table, "(<urn:test:tok> [\"B\"]) ([\"A\"])", to: "/doc", tag: "\"A\"") == nil)
        #expect(try put(table, "(<urn:test:tok>) (Not <DAV:no-lock>)", to: "/doc", tag: "\"A\"") == nil)
        #expect(try put(table, "(<urn:test:old>) (Not <DAV:no-lock>)", to: "/doc", tag: "\"A\"") == 423)
        #expect(try put(table, "(<urn:test:old>) (Not <DAV:no-lock>)", to: "/free", tag: "\"A\"") == nil)
        #expect(try put(table, "(Not <urn:test:tok>) ([\"A\"])", to: "/doc", tag: "\"A\"") == nil)
    }

    @Test("another's token counts as a condition but not as permission")
    func anothersToken() throws {
        let table = try table(wish("tok", "/doc"))
        let judgement = try judge(table, "(<urn:test:tok>)", by: "bob", path: "/doc", tag: "\"A\"")
        #expect(judgement.blockingRoots == [octets("/doc")])
        #expect(judgement.status == 423)
    }

    @Test("a new member of a locked collection needs a list tagged with the collection (RFC 4918, 10.4.10)")
    func newMembers() throws {
        let table = try table(wish("tree", "/specs/", .exclusive, .infinity))
        #expect(try put(table, "</specs/> (<urn:test:tree>)", to: "/specs/new", tag: nil) == nil)
        #expect(try put(table, "(<urn:test:tree>)", to: "/specs/new", tag: nil) == 412)
        #expect(try put(table, nil, to: "/specs/new", tag: nil) == 423)
        #expect(try put(table, "(<urn:test:tree>)", to: "/specs/old", tag: "\"A\"") == nil)
    }

    @Test("a resource elsewhere has no state")
    func elsewhere() throws {
        let table = try table(wish("tok", "/doc"))
        #expect(try put(table, "<http://elsewhere/doc> (<urn:test:tok>)", to: "/doc", tag: "\"A\"") == 412)
        #expect(try put(table, "<http://elsewhere/doc> (Not <urn:test:tok>)", to: "/doc", tag: "\"A\"") == nil)
    }

    @Test("reads are judged by the field alone, and tokens may be submitted otherwise")
    func readsAndOtherSubmissions() throws {
        let table = try table(wish("tok", "/doc"))
        let header = try IfHeader(fieldLines: [octets("(<urn:test:tok>)")])
        let read = table.judge(nil, LockConditions(header: header, principal: nil), now: 0) { _ in nil }
        #expect(read == .preconditionFailed)
        #expect(table.judge(nil, LockConditions(header: nil, principal: nil), now: 0) { _ in nil } == .proceed)
        let conditions = LockConditions(header: nil, principal: "alice", submitted: [try token("tok")])
        #expect(table.judge(GuardedWrite(.change, place("/doc")), conditions, now: 0) { _ in nil } == .proceed)
        #expect(LockJudgement.proceed.blockingRoots.isEmpty)
    }

    @Test("a root that blocks with several locks is named once")
    func rootsOnce() throws {
        let table = try table(wish("a", "/doc", .shared, by: "x"), wish("b", "/doc", .shared, by: "y"))
        let judgement = try judge(table, nil, path: "/doc", tag: "\"A\"")
        #expect(judgement.blockingRoots == [octets("/doc")])
    }

    @Test("the register judges as its table does, and knows when nobody holds a lock")
    func register() throws {
        let register = LockRegister()
        let anybody = LockConditions(header: nil, principal: "bob")
        let write = GuardedWrite(.change, place("/doc"))
        #expect(register.isEmpty)
        #expect(register.judge(write, anybody, now: 0) { _ in nil } == .proceed)
        let never = LockConditions(header: try IfHeader(fieldLines: [octets("(<urn:a:b>)")]), principal: nil)
        #expect(register.judge(nil, never, now: 0) { _ in nil } == .preconditionFailed)
        let wish = try wish("a", "/doc")
        let lock = try register.withTable { table throws(LockRefusal) in try table.grant(wish, now: 0) }
        #expect(!register.isEmpty)
        #expect(register.judge(write, anybody, now: 0) { _ in nil } == .locked([lock]))
        let gone = register.withTable { $0.removeExpired(now: 1000) }
        #expect(gone == [lock] && register.isEmpty)
        #expect(!LockRegister(LockTable(restoring: [lock])).isEmpty)
    }
}
