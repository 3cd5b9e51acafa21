import Catalog

extension SchemaSection {
    /// One service.
    static let service = SchemaSection(
        "services.NAME",
        summary: """
            An API: either routes that lead to one `upstream`, or language models on the paths of the vendors' APIs (`llm`).
            """,
        example: """
            services:
              shop:
                upstream: shop
                policies:
                  rate-limit: { quota: 100, window: 1s }
                routes:
                  items:
                    path: /items/{id}
                    methods: [GET, HEAD, PUT, PATCH, DELETE]
                    policies:
                      conflict: { level: serialise }
            """,
        keys: [
            SchemaKey("upstream", .text(.text), default: "(none)", "Name of the upstream its routes lead to."),
            SchemaKey("llm", .section(.modelService), default: "(none)", "How it calls language models."),
            SchemaKey(
                "policies",
                .section(.policies),
                default: "{}",
                "Policies of every route; a route's policy of the same name replaces it whole."
            ),
            SchemaKey(
                "routes",
                .named(.section(.route), noun: "route"),
                default: "{}",
                "Ways into the service, by name."
            ),
        ]
    )

    /// One route.
    static let route = SchemaSection(
        "services.NAME.routes.NAME",
        summary: """
            The most specific route takes a request: an exact host before a wildcard before none, then segment by segment \
            a literal before `{name}` before a final `{name...}`. Two routes that are equally specific and share a method \
            are an error.
            """,
        keys: [
            SchemaKey(
                required: "path",
                .text(.pathPattern),
                "Literals, `{name}` for one segment, a final `{name...}` for the rest; in the normal form of requests."
            ),
            SchemaKey("methods", .list(.text(.method), atLeast: 1), default: "(all)", "Methods it takes."),
            SchemaKey(
                "hosts",
                .list(.text(.hostPattern), atLeast: 1),
                default: "(all)",
                "Hosts it takes; `\"*.example.org\"` takes all subdomains."
            ),
            SchemaKey(
                "rewrite",
                .text(.template),
                default: "(unchanged)",
                "Path sent upstream, with `{name}` for what the path captured. The query is kept."
            ),
            SchemaKey(
                "body-limit",
                .size(0...(1 << 50), orNone: false),
                default: "(the gateway's)",
                "Largest request body (413 beyond)."
            ),
            SchemaKey("policies", .section(.policies), default: "{}", "What is done to its exchanges."),
        ]
    )

    /// The policies of a service or route.
    static let policies = SchemaSection(
        "policies",
        summary: """
            Policies of a service hold for all its routes; a route's policy of the same name replaces it whole. `off` in \
            place of a section removes the service's policy from a route.
            """,
        later: ["budget", "tokens"],
        keys: [
            SchemaKey("key-auth", .switchable(.keyAuth), default: "off", "Who may call."),
            SchemaKey("rate-limit", .switchable(.rateLimit), default: "off", "How often."),
            SchemaKey("cors", .switchable(.cors), default: "off", "From which web pages."),
            SchemaKey("headers", .switchable(.headers), default: "off", "Which header fields change on the way."),
            SchemaKey("redirect", .switchable(.redirect), default: "off", "Where callers are sent instead."),
            SchemaKey("compress", .switchable(.compress), default: "off", "How answers are coded on the way."),
            SchemaKey("conflict", .switchable(.conflict), default: "{}", "What is done about write conflicts."),
            SchemaKey("prompt", .switchable(.prompt), default: "off", "What a language model is asked."),
        ]
    )

    /// The policy `key-auth`.
    static let keyAuth = SchemaSection(
        "policies.key-auth",
        summary: """
            Demands a key of a known consumer, in `X-API-Key`, `x-goog-api-key` or `Authorization: Bearer`; the first one \
            present decides.
            """,
        example: "key-auth: { groups: [writers] }",
        keys: [
            SchemaKey(
                "groups",
                .list(.text(.group), atLeast: 1),
                default: "(any consumer)",
                "Groups of which the consumer must be in one."
            )
        ]
    )

    /// The policy `rate-limit`.
    static let rateLimit = SchemaSection(
        "policies.rate-limit",
        summary: "Exact for the whole process (GCRA). Refusals are 429 with `Retry-After`.",
        example: "rate-limit: { quota: 100, window: 1s, burst: 20, by: consumer }",
        keys: [
            SchemaKey(required: "quota", .whole(1...1_000_000_000), "Requests per window."),
            SchemaKey(required: "window", .duration(.milliseconds(1)...(.seconds(366 * 86_400))), "The window."),
            SchemaKey(
                "burst",
                .whole(1...1_000_000_000),
                default: "(the quota)",
                "Requests admitted at one instant."
            ),
            SchemaKey(
                "by",
                .text(.limitKey),
                default: "(consumer or address)",
                """
                What callers are told apart by: `consumer`, `address`, `route` or `header NAME`. Absent: `consumer` on \
                routes with `key-auth`, else `address`.
                """
            ),
        ]
    )

    /// The policy `cors`.
    static let cors = SchemaSection(
        "policies.cors",
        summary: """
            Preflight requests are answered before authentication, whatever `methods` says; refusals are readable too. \
            `ETag`, `Retry-After`, `RateLimit*`, `Parley-*` and `Link` are always exposed, condition and idempotency \
            fields always allowed.
            """,
        example: "cors: { origins: [https://app.example.com], credentials: true }",
        keys: [
            SchemaKey(
                required: "origins",
                .list(.text(.origin), atLeast: 1),
                "Origins that may call, or `[\"*\"]` for all, which excludes `credentials`."
            ),
            SchemaKey("credentials", .flag, default: "false", "Whether cookies and credentials are allowed."),
            SchemaKey(
                "allow-headers",
                .list(.text(.fieldName), atLeast: 0),
                default: "[]",
                "More request fields allowed."
            ),
            SchemaKey(
                "expose-headers",
                .list(.text(.fieldName), atLeast: 0),
                default: "[]",
                "More answer fields exposed."
            ),
            SchemaKey(
                "max-age",
                .duration(.zero...aDay),
                default: "10m",
                "How long a preflight answer may be kept."
            ),
        ]
    )

    /// The policy `headers`.
    static let headers = SchemaSection(
        "policies.headers",
        summary: """
            First `remove`, then `set`, which replaces all fields of that name. Bodies that the gateway makes itself keep \
            their `Content-Type`.
            """,
        example: "headers: { request: { set: { X-Env: prod }, remove: [X-Debug] }, response: { remove: [Server] } }",
        keys: [
            SchemaKey("request", .section(.headerChanges), default: "{}", "Changes to requests."),
            SchemaKey("response", .section(.headerChanges), default: "{}", "Changes to answers."),
        ]
    )

    /// Its changes to one direction.
    static let headerChanges = SchemaSection(
        "policies.headers.request, policies.headers.response",
        keys: [
            SchemaKey("set", .named(.text(.text), noun: "field"), default: "{}", "Fields to set."),
            SchemaKey("remove", .list(.text(.fieldName), atLeast: 0), default: "[]", "Names of fields to remove."),
        ]
    )

    /// The policy `redirect`.
    static let redirect = SchemaSection(
        "policies.redirect",
        example: "redirect: { to: \"https://example.com/{id}\", status: 308 }",
        keys: [
            SchemaKey(
                required: "to",
                .text(.template),
                "Absolute URL or absolute path, with `{name}` and `{query.name}`."
            ),
            SchemaKey(
                "status",
                .choice(["301", "302", "303", "307", "308"], later: []),
                default: "308",
                "Status of the answer."
            ),
        ]
    )
}
