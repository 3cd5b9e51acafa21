import Catalog

extension SchemaSection {
    /// The policy `conflict`.
    static let conflict = SchemaSection(
        "policies.conflict",
        summary: """
            Every route is observed unless it says otherwise; `conflict: off` turns that off. `observe` forwards, classifies \
            and records. With `delegate` the upstream evaluates conditions, and tags survive everything the gateway does. \
            With `serialise` the gateway is the authority: it derives strong tags, evaluates conditions and lets writes to \
            one resource through one at a time; a GET route must lead to what is written. With `translate` the upstream compares \
            versions in its own way, which `dialect` names. `fenced` is `serialise` for an upstream that checks the number \
            in `Parley-Fence`.
            """,
        example: """
            conflict:
              level: serialise
              resource: /orders/{id}
              require-condition: true
              messages:
                stale-version: { title: "Someone was faster", detail: "{{resource}} is now {{current_version}}." }
              rules:
                - { when: { status: 500, body: "duplicate key" }, kind: uniqueness }
            """,
        keys: [
            SchemaKey(
                "level",
                .choice(["observe", "delegate", "serialise", "translate", "fenced"], later: []),
                default: "observe",
                "Who is the authority over versions."
            ),
            SchemaKey(
                "resource",
                .text(.template),
                default: "(the route's path, filled in)",
                """
                What is being changed, such as `/orders/{id}` on the route `/orders/{id}/cancel`; `?tenant={query.tenant}` \
                adds a query value. Routes of one upstream with equal resources must have the same level. Without it a \
                POST takes no turn at `serialise`, unless it has a condition: then it is compared with a GET of its own URL.
                """
            ),
            SchemaKey(
                "require-condition",
                .choice(["true", "false", "any"], later: []),
                default: "false",
                """
                `true`: PUT, PATCH and DELETE need `If-Match` with a strong tag or `If-None-Match: *`; `any`: \
                `If-Match: *` counts too. Otherwise 428.
                """
            ),
            SchemaKey("wait", .duration(.zero...(.seconds(3600))), default: "2s", "Longest wait for one's turn."),
            SchemaKey(
                "queue",
                .whole(0...100_000),
                default: "64",
                "Longest queue per resource; beyond it 409 `contended`."
            ),
            SchemaKey(
                "settle",
                .duration(.zero...aDay),
                default: "(the upstream's response timeout)",
                "After a timed-out write: shortest quarantine before the reconciling read."
            ),
            SchemaKey(
                "body-limit",
                .size(1...(1 << 30), orNone: false),
                default: "1MiB",
                "Largest representation that is versioned, and largest body of a write that takes a turn (413)."
            ),
            SchemaKey(
                "history",
                .section(.history),
                default: "{}",
                "Representations kept to explain what changed."
            ),
            SchemaKey(
                "reveal",
                .choice(["consumers", "none"], later: []),
                default: "consumers",
                "Whether the other writer is named to an authenticated caller."
            ),
            SchemaKey(
                "explain",
                .choice(["describe", "replace", "off"], later: []),
                default: "describe",
                """
                For conflicts made by the upstream: `describe` adds headers, `replace` answers with a problem document \
                that holds the upstream's body, `off` leaves them.
                """
            ),
            SchemaKey(
                "messages",
                .named(.section(.message), noun: "kind"),
                default: "{}",
                "Texts for problem documents, by kind of conflict."
            ),
            SchemaKey(
                "rules",
                .list(.section(.rule), atLeast: 0),
                default: "[]",
                "Classification of upstream answers, tried before the built-in rules."
            ),
            SchemaKey(
                "dialect",
                .wordOr(["couchdb", "elasticsearch", "kubernetes"], .dialect),
                default: "(none)",
                "How the upstream names and compares versions, at the level `translate`."
            ),
            SchemaKey(
                "merge",
                .switchable(.merge),
                default: "off",
                "Stale writes whose changes do not overlap are brought to the current version, at the level `serialise`."
            ),
            SchemaKey(
                "unique",
                .list(.section(.unique), atLeast: 0),
                default: "[]",
                "Fields whose values only one resource may have."
            ),
            SchemaKey(
                "referenced",
                .list(.section(.referenced), atLeast: 0),
                default: "[]",
                "What must not be deleted while others refer to it."
            ),
            SchemaKey(
                "blind-writes",
                .choice(["ignore", "warn", "refuse"], later: []),
                default: "ignore",
                """
                An unconditional write by a consumer whose last read is no longer current: let it pass, journal it as \
                `lost-update` and say so in `Parley-Warning`, or answer 409 `stale-version-implicit`.
                """
            ),
            SchemaKey(
                "normalise",
                .flag,
                default: "false",
                "Whether conflicts of the upstream are answered with the status of their kind."
            ),
            SchemaKey(
                "reads",
                .switchable(.reads),
                default: "off",
                "Reads that need not ask the upstream, at the level `serialise`."
            ),
            SchemaKey(
                "locks",
                .switchable(.locks),
                default: "off",
                "Clients may lock resources, by LOCK and UNLOCK or at `/.well-known/parley/locks`."
            ),
            SchemaKey(
                "idempotency",
                .switchable(.idempotency),
                default: "off",
                "Retries with the same `Idempotency-Key` are carried out once and answered alike."
            ),
        ]
    )

    /// Its key `history`.
    static let history = SchemaSection(
        "policies.conflict.history",
        keys: [
            SchemaKey(
                "versions",
                .whole(0...1000),
                default: "(8; with `merge` one more than `queue`)",
                "Representations kept per resource."
            ),
            SchemaKey("keep", .duration(.zero...longest), default: "1h", "How long they are kept."),
        ]
    )

    /// The texts of one kind of conflict.
    static let message = SchemaSection(
        "policies.conflict.messages.KIND",
        summary: """
            Both texts may hold `{{resource}}`, `{{your_version}}`, `{{current_version}}`, `{{consumer}}` and \
            `{{upstream.detail}}`.
            """,
        keys: [
            SchemaKey("title", .text(.text), default: "(built in)", "Replaces the title."),
            SchemaKey("detail", .text(.text), default: "(built in)", "Replaces the detail."),
        ]
    )

    /// One classification rule.
    static let rule = SchemaSection(
        "policies.conflict.rules[]",
        keys: [
            SchemaKey(required: "when", .section(.ruleCondition), "What an answer must show; all of it."),
            SchemaKey(required: "kind", .text(.text), "The kind of conflict that it then is."),
        ]
    )

    /// The condition of a rule.
    static let ruleCondition = SchemaSection(
        "policies.conflict.rules[].when",
        summary: "At least one of these.",
        keys: [
            SchemaKey("status", .whole(400...599), default: "(any)", "The status."),
            SchemaKey("body", .text(.text), default: "(any)", "Text within the body, in any case."),
            SchemaKey(
                "header",
                .text(.fieldCondition),
                default: "(any)",
                "`NAME` of a field that must be there, or `NAME: TEXT` for text within its value."
            ),
        ]
    )
}
