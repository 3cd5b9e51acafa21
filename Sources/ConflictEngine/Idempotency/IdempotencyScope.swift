import Crypto

/// Whose key it is: the hash under which a ledger keeps it, so that no caller ever meets another one's record.
package struct IdempotencyScope: Sendable, Hashable {
    /// SHA-256 over caller and key, 32 bytes.
    package let digest: [UInt8]

    /// Who calls.
    package enum Caller: Sendable {
        /// A consumer the gateway knows, by name.
        case consumer(String)
        /// Somebody it does not know, by the values of `Authorization` and `Cookie`.
        case credentials(authorization: [[UInt8]], cookie: [[UInt8]])
    }

    /// The scope of `key` for a caller within a tenant.
    package init(_ key: IdempotencyKey, of caller: Caller, tenant: String = "") {
        var hasher = LabelledHash()
        hasher.add("tenant", Array(tenant.utf8))
        switch caller {
        case .consumer(let name): hasher.add("consumer", Array(name.utf8))
        case .credentials(let authorization, let cookie):
            for value in authorization { hasher.add("authorization", value) }
            for value in cookie { hasher.add("cookie", value) }
        }
        hasher.add("key", key.bytes)
        digest = hasher.finished
    }
}
