package import ConflictEngine

extension IdempotencyClaim {
    /// A claim for tests: on the `number`th key, for the request with this body.
    package static func sample(
        _ number: Int,
        body: String = "a",
        at now: Int64 = 1_000,
        leaseEnd: Int64 = 2_000
    ) throws(MalformedKey) -> IdempotencyClaim {
        let key = try IdempotencyKey(fieldLines: [Array("key-\(number)".utf8)], syntax: .lenient)
        let request = IdempotencyFingerprint.Request(
            api: Array("shop".utf8),
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

extension IdempotencyScope {
    /// The scope of the `number`th key.
    package static func sample(_ number: Int) throws(MalformedKey) -> Self {
        try IdempotencyClaim.sample(number).scope
    }
}

extension IdempotencySettlement {
    /// A completion for tests: answered at 1500, the answer kept until 5000 and the key until 9000.
    package static func sample(_ answer: KeptAnswer = .sample) -> IdempotencySettlement {
        .completed(answer, at: 1_500, keptUntil: 5_000, rememberedUntil: 9_000)
    }
}

extension KeptAnswer {
    /// An answer for tests, with bytes that are hard to keep.
    package static let sample = KeptAnswer(
        status: 201,
        lines: Array("Location: /orders/1\r\nX-Note: \u{E9}'\"\r\n".utf8),
        body: Array(UInt8.min...UInt8.max)
    )
}
