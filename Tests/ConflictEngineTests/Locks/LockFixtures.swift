import ConflictEngine
import HTTPSemantics
import Testing

/// The bytes of `text`.
func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The resource of the upstream `dav` at `path`.
func place(_ path: String, upstream: String = "dav") -> ResourceIdentity {
    ResourceIdentity(upstream: upstream, path: octets(path))
}

/// The token `urn:test:NAME`.
func token(_ name: String) throws -> StateToken { try #require(StateToken(uri: octets("urn:test:\(name)"))) }

/// Somebody who submits some tokens.
func caller(_ principal: String?, _ tokens: String...) throws -> LockCaller {
    LockCaller(principal: principal, tokens: try tokens.map(token))
}

/// A wish for a lock called `name` of `alice` for 1,000 ms, unless said otherwise.
func wish(
    _ name: String,
    _ path: String,
    _ scope: LockScope = .exclusive,
    _ depth: LockDepth = .zero,
    by principal: String? = "alice"
) throws -> LockRequest {
    LockRequest(
        token: try token(name),
        root: place(path),
        scope: scope,
        depth: depth,
        principal: principal,
        duration: 1000
    )
}

/// The last parts of the tokens of `locks`.
func names(_ locks: [HeldLock]) -> [String] { locks.map { String($0.token.description.dropFirst(9)) } }

/// The names of those in the way of a lock; none if it is granted.
func refusal(_ table: inout LockTable, _ wish: LockRequest, now: Int64 = 0) -> [String] {
    do throws(LockRefusal) {
        _ = try table.grant(wish, now: now)
        return []
    } catch {
        guard case .conflicting(let locks) = error else { return ["\(error)"] }
        return names(locks)
    }
}
