import ConflictEngine

/// Claims for tests.
enum LedgerClaims {
    /// A claim of one caller for one key; another body is another request.
    static func claim(
        key: String = "k",
        body: String = "a",
        at now: Int64 = 0,
        leaseEnd: Int64 = 100
    ) throws -> IdempotencyClaim {
        let key = try IdempotencyKey(fieldLines: [Array(key.utf8)], syntax: .lenient)
        let request = IdempotencyFingerprint.Request(
            api: [],
            method: Array("POST".utf8),
            target: Array("/orders".utf8),
            mediaType: [],
            body: Array(body.utf8)
        )
        return IdempotencyClaim(
            scope: IdempotencyScope(key, of: .consumer("alice")),
            fingerprint: IdempotencyFingerprint(request, comparing: .bytes),
            madeAt: now,
            leaseEnd: leaseEnd
        )
    }
}
