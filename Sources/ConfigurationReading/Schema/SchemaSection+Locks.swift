import Catalog

extension SchemaSection {
    /// The key `locks` of the policy `conflict`.
    static let locks = SchemaSection(
        "policies.conflict.locks",
        summary: """
            The gateway itself answers LOCK and UNLOCK (RFC 4918) on the route's resources, whatever `methods` says. Writes \
            without the token get 423 `locked`. Each lock has a rising number, which the upstream gets in `Parley-Fence` \
            with the holder's writes.
            """,
        example: "conflict: { level: serialise, locks: { enabled: true, max: 10m } }",
        keys: [
            SchemaKey("enabled", .flag, default: "true", "Whether locks are granted."),
            SchemaKey(
                "max",
                .duration(.seconds(1)...longest),
                default: "10m",
                "Longest time that a lock is granted for; holders refresh theirs."
            ),
        ]
    )
}
