import ConflictEngine
import Testing

struct IdempotencyScopeTests {
    private func scope(
        _ key: String,
        of caller: IdempotencyScope.Caller,
        tenant: String = ""
    ) throws -> IdempotencyScope {
        let key = try IdempotencyKey(fieldLines: [Array(key.utf8)], syntax: .lenient)
        return IdempotencyScope(key, of: caller, tenant: tenant)
    }

    private func caller(_ authorization: [String], _ cookie: [String] = []) -> IdempotencyScope.Caller {
        .credentials(authorization: authorization.map { Array($0.utf8) }, cookie: cookie.map { Array($0.utf8) })
    }

    @Test func `the same caller with the same key is the same scope`() throws {
        let scope = try scope("k", of: .consumer("alice"), tenant: "t")
        #expect(try self.scope("\"k\"", of: .consumer("alice"), tenant: "t") == scope)
        #expect(try self.scope("k", of: caller(["a"], ["b"])) == self.scope("k", of: caller(["a"], ["b"])))
        #expect(scope.digest.count == 32)
    }

    @Test func `no two of these ever meet`() throws {
        let scopes = [
            try scope("k", of: .consumer("alice")),
            try scope("K", of: .consumer("alice")),
            try scope("k", of: .consumer("Alice")),
            try scope("k", of: .consumer("bob")),
            try scope("k", of: .consumer("")),
            try scope("k", of: .consumer("alice"), tenant: "alice"),
            try scope("k", of: .consumer(""), tenant: "alice"),
            try scope("k", of: caller(["alice"])),
            try scope("k", of: caller([], ["alice"])),
            try scope("k", of: caller(["alice"], ["alice"])),
            try scope("k", of: caller(["alice", "alice"])),
            try scope("k", of: caller([], ["alice", "alice"])),
            try scope("k", of: caller(["alicealice"])),
            try scope("k", of: caller([""])),
            try scope("k", of: caller([], [""])),
            try scope("k", of: caller([])),
        ]
        #expect(Set(scopes.map(\.digest)).count == scopes.count)
    }

    @Test func `parts do not run together`() throws {
        let scopes = [
            try scope("bc", of: .consumer("a")),
            try scope("c", of: .consumer("ab")),
            try scope("abc", of: .consumer("")),
            try scope("c", of: .consumer("b"), tenant: "a"),
            try scope("c", of: .consumer(""), tenant: "ab"),
            try scope("c", of: caller(["a", "b"])),
            try scope("c", of: caller(["ab"])),
            try scope("c", of: caller(["a"], ["b"])),
            try scope("c", of: caller([], ["a", "b"])),
            // Texts that look like the label of what follows.
            try scope("c", of: .consumer("akey:1:b")),
            try scope("b", of: .consumer("a")),
            try scope("bkeyc", of: .consumer("a")),
            try scope("c", of: .consumer("akeyb")),
            try scope("bkey:c", of: .consumer("a")),
            try scope("c", of: .consumer("akey:b")),
            try scope("c", of: caller(["acookie:1:b"])),
        ]
        #expect(Set(scopes).count == scopes.count)
    }

    @Test func `the order of credentials counts`() throws {
        #expect(try scope("k", of: caller(["a", "b"])) != scope("k", of: caller(["b", "a"])))
    }
}
