/// How retried requests are told from new ones (contract, section 8, `idempotency`).
package struct IdempotencyPolicy: Sendable, Equatable {
    /// How requests under one key are compared.
    package enum Fingerprint: String, Sendable, Equatable, CaseIterable {
        case bytes
        case json
    }

    /// How keys may be written.
    package enum Syntax: String, Sendable, Equatable, CaseIterable {
        case lenient
        case strict
    }

    /// Whether a request without a key is refused.
    package var isRequired = false
    /// How long an answer is kept once it was given.
    package var retain: Duration = .seconds(24 * 3600)
    /// The field that carries the key.
    package var header = "Idempotency-Key"
    /// The methods to which the key means something.
    package var methods: Set<String> = ["POST", "PATCH"]
    /// How long a duplicate waits for the first one's answer.
    package var join: Duration = .zero
    /// Largest body of a request and largest answer that is kept, in bytes.
    package var bodyLimit = 1 << 20
    /// How requests are compared.
    package var fingerprint = Fingerprint.bytes
    /// Places that do not count where `fingerprint` is `json`, as RFC 6901 pointers.
    package var ignore: [String] = []
    /// How keys may be written.
    package var syntax = Syntax.lenient

    /// The defaults of the contract.
    package init() {}
}
