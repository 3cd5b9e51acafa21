import Catalog

extension SchemaSection {
    /// The policy `compress`.
    static let compress = SchemaSection(
        "policies.compress",
        summary: """
            Codes answers for clients that accept it. Strong tags stay strong: a coded answer has a tag of its own, which \
            leads back to the upstream's wherever a client sends it. Routes that read and routes that write one resource \
            must both have the policy.
            """,
        example: "compress: { codings: [zstd, br, gzip], min-length: 1KiB }",
        keys: [
            SchemaKey(
                "codings",
                .list(.choice(["zstd", "br", "gzip"], later: []), atLeast: 1),
                default: "[zstd, br, gzip]",
                "The codings offered, the one liked best first."
            ),
            SchemaKey(
                "min-length",
                .size(0...(1 << 30), orNone: false),
                default: "1KiB",
                "The shortest content that is coded, where its length is known."
            ),
        ]
    )
}
