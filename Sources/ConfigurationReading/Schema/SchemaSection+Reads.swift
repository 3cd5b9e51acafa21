import Catalog

extension SchemaSection {
    /// The key `reads` of the policy `conflict`.
    static let reads = SchemaSection(
        "policies.conflict.reads",
        summary: """
            What one caller has read a moment ago answers the same read of the same caller again, with 304 where its tag is \
            named. A write through the gateway ends that at once; a write from elsewhere is seen after `fresh` at the \
            latest. Answers with `no-store`, `no-cache`, `Set-Cookie` or an unusual `Vary`, and requests with \
            `Cache-Control`, always go upstream. Not used on routes with `compress`.
            """,
        example: "conflict: { level: serialise, reads: { fresh: 2s, coalesce: true } }",
        keys: [
            SchemaKey(
                "fresh",
                .duration(.zero...aDay),
                default: "0s",
                "How old a representation may be that is given out without asking the upstream."
            ),
            SchemaKey(
                "coalesce",
                .flag,
                default: "false",
                "Whether the same read, while one is under way, waits for its answer."
            ),
        ]
    )
}
