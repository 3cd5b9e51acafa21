import Catalog

extension SchemaSection {
    /// The key `idempotency` of the policy `conflict`.
    static let idempotency = SchemaSection(
        "policies.conflict.idempotency",
        summary: """
            The first request with a key is carried out, and its answer is kept; retries get the same answer with \
            `Idempotent-Replayed: true`. A retry while the first one runs gets 409 `duplicate-in-flight`, another request \
            under the same key 422 `key-reused`, and a key whose first request has an unknown outcome 409 \
            `outcome-unknown`. Keys belong to the consumer; callers that the gateway does not know are told apart by \
            `Authorization` and `Cookie`.
            """,
        example: "conflict: { idempotency: { required: true, join: 5s, fingerprint: json, ignore: [/sent_at] } }",
        keys: [
            SchemaKey("required", .flag, default: "false", "Whether a request without a key gets 400."),
            SchemaKey(
                "retain",
                .duration(.seconds(1)...longest),
                default: "24h",
                "How long an answer is kept, counted from when it was given."
            ),
            SchemaKey("header", .text(.fieldName), default: "Idempotency-Key", "The field that carries the key."),
            SchemaKey(
                "methods",
                .list(.text(.method), atLeast: 1),
                default: "[POST, PATCH]",
                "The methods to which the key means something."
            ),
            SchemaKey(
                "join",
                .duration(.zero...(.seconds(3600))),
                default: "0s",
                "How long a duplicate waits for the answer to the first one before it gets 409."
            ),
            SchemaKey(
                "body-limit",
                .size(1...(1 << 30), orNone: false),
                default: "1MiB",
                "Largest body of a request with a key (413), and largest answer that is kept."
            ),
            SchemaKey(
                "fingerprint",
                .choice(["bytes", "json"], later: []),
                default: "bytes",
                "Whether bodies are compared byte by byte, or as JSON whatever its spacing and the order of its members."
            ),
            SchemaKey(
                "ignore",
                .list(.text(.pointer), atLeast: 0),
                default: "[]",
                "Places in the body that do not count, where `fingerprint` is `json`."
            ),
            SchemaKey(
                "syntax",
                .choice(["lenient", "strict"], later: []),
                default: "lenient",
                "Whether keys without quotes are taken too."
            ),
        ]
    )
}
