import Catalog

extension SchemaSection {
    /// One item of the key `unique` of the policy `conflict`.
    static let unique = SchemaSection(
        "policies.conflict.unique[]",
        summary: """
            Lets one create per value through at a time, and none where the lookup, made as the caller, finds a holder: \
            409 `uniqueness`. The holder is named only to callers who can read it.
            """,
        example: """
            conflict:
              unique:
                - { field: /email, on: POST /users, ignore-case: true, lookup: "GET /users?email={value}", when: /items/0 }
            """,
        keys: [
            SchemaKey(required: "field", .text(.pointer), "Where the value stands in the request's JSON body."),
            SchemaKey(required: "on", .text(.requestPattern), "The requests that create, such as `POST /users`."),
            SchemaKey("ignore-case", .flag, default: "false", "Whether values that differ in case only are the same."),
            SchemaKey(
                "lookup",
                .text(.lookup),
                default: "(none)",
                "`GET` with the path and query that find a holder, with `{value}` and the parameters of `on`."
            ),
            SchemaKey(
                "when",
                .text(.pointer),
                default: "(any 200)",
                "The place in the answer that holds something if there is a holder."
            ),
        ]
    )

    /// One item of the key `referenced` of the policy `conflict`.
    static let referenced = SchemaSection(
        "policies.conflict.referenced[]",
        summary: "Refuses a deletion while others refer to what would go: 409 `referential`, with a list of them.",
        example:
            #"conflict: { referenced: [ { on: "DELETE /teams/{id}", by: "GET /members?team={id}", when: /items/0 } ] }"#,
        keys: [
            SchemaKey(
                required: "on",
                .text(.requestPattern),
                "The requests that delete, such as `DELETE /teams/{id}`."
            ),
            SchemaKey(
                required: "by",
                .text(.lookup),
                "`GET` with the path and query that find what refers to it, with the parameters of `on`."
            ),
            SchemaKey(
                "when",
                .text(.pointer),
                default: "/0",
                "The place in the answer that holds something if there is a reference."
            ),
        ]
    )
}
