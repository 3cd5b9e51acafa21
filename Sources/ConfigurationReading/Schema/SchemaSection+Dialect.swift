import Catalog

extension SchemaSection {
    /// The key `dialect` of the policy `conflict`.
    static let dialect = SchemaSection(
        "policies.conflict.dialect",
        summary: """
            For upstreams that carry a version in their documents. `couchdb`, `elasticsearch` and `kubernetes` stand for \
            what those do. `If-Match` becomes the upstream's own comparison, and its refusal comes back as 412.
            """,
        example: "conflict: { level: translate, dialect: { version: /meta/version, send: query expected } }",
        keys: [
            SchemaKey(required: "version", .text(.pointer), "Where the version stands in what is read."),
            SchemaKey(
                required: "send",
                .text(.versionCarrier),
                "What carries it back: `query NAME`, `header NAME`, or a place in the body such as `/version`."
            ),
        ]
    )
}
