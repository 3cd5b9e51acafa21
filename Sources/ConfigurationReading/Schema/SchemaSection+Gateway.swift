import Catalog

extension SchemaSection {
    /// The whole file.
    static let file = SchemaSection(
        "File",
        summary: "The top of a configuration file.",
        later: ["tenants"],
        keys: [
            SchemaKey(required: "parley", .whole(1...1), "Version of this format; always `1`."),
            SchemaKey("gateway", .section(.gateway), default: "{}", "What holds for the whole gateway."),
            SchemaKey(
                "upstreams",
                .named(.section(.upstream), noun: "upstream"),
                default: "{}",
                "Groups of servers, by name."
            ),
            SchemaKey(
                "consumers",
                .named(.section(.consumer), noun: "consumer"),
                default: "{}",
                "Callers known to the gateway, by name."
            ),
            SchemaKey(
                "groups",
                .named(.section(.group), noun: "group"),
                default: "{}",
                "What groups of consumers may do together with language models, by name."
            ),
            SchemaKey(
                "providers",
                .named(.section(.provider), noun: "provider"),
                default: "{}",
                "Vendors and servers of language models, by name."
            ),
            SchemaKey(
                "models",
                .named(.section(.model), noun: "model"),
                default: "{}",
                "Language models by the names that callers use."
            ),
            SchemaKey(
                "prices",
                .text(.file),
                default: "(the built-in list alone)",
                "File of prices that replace those of the built-in list; its form is at the end of this page."
            ),
            SchemaKey(
                "services",
                .named(.section(.service), noun: "service"),
                default: "{}",
                "APIs with their routes, by name."
            ),
        ]
    )

    /// The section `gateway`.
    static let gateway = SchemaSection(
        "gateway",
        summary: "What holds for the whole gateway, whatever the route.",
        example: """
            gateway:
              trusted-proxies: [10.0.0.0/8]
              body-limit: 10MiB
              access-log: { to: stderr, sample: 0.01 }
            """,
        keys: [
            SchemaKey(
                "trusted-proxies",
                .list(.text(.addressBlock), atLeast: 0),
                default: "[]",
                """
                Address blocks whose `X-Forwarded-*` fields are believed. The client is the rightmost untrusted address in \
                `X-Forwarded-For`; of `X-Forwarded-Host` and `X-Forwarded-Proto` it is the member that the proxy next to \
                the client added, counted from the right.
                """
            ),
            SchemaKey("timeouts", .section(.gatewayTimeouts), default: "{}", "Time limits towards clients."),
            SchemaKey(
                "body-limit",
                .size(0...(1 << 50), orNone: true),
                default: "none",
                "Largest request body (413 beyond); a route may set its own."
            ),
            SchemaKey(
                "conflict-memory",
                .size((1 << 20)...(1 << 40), orNone: false),
                default: "128MiB",
                "Memory for conflict history and versioning buffers together; the least recently used history goes first."
            ),
            SchemaKey(
                "body-memory",
                .size((1 << 20)...(1 << 40), orNone: false),
                default: "512MiB",
                "Memory for the requests of all calls of language models that are not answered yet; 503 beyond."
            ),
            SchemaKey("access-log", .section(.accessLog), default: "{}", "One JSON object a line for each exchange."),
            SchemaKey("journal", .section(.journal), default: "{}", "How much of the conflict journal is kept."),
            SchemaKey("tls", .section(.gatewayTLS), default: "{}", "TLS on the gateway port."),
        ]
    )

    /// Its key `timeouts`.
    static let gatewayTimeouts = SchemaSection(
        "gateway.timeouts",
        keys: [
            SchemaKey("head", .duration(.milliseconds(10)...aDay), default: "10s", "For a whole request head."),
            SchemaKey("body", .duration(.milliseconds(10)...aDay), default: "20s", "Longest silence within a body."),
            SchemaKey(
                "keep-alive",
                .duration(.milliseconds(10)...aDay),
                default: "75s",
                "How long a client connection may idle between requests, or take nothing of an answer."
            ),
        ]
    )

    /// Its key `access-log`.
    static let accessLog = SchemaSection(
        "gateway.access-log",
        keys: [
            SchemaKey("to", .text(.accessLogDestination), default: "off", "`off`, `stderr` or a file."),
            SchemaKey("sample", .fraction(0...1), default: "1.0", "The share of exchanges that is written."),
        ]
    )

    /// Its key `journal`.
    static let journal = SchemaSection(
        "gateway.journal",
        keys: [
            SchemaKey("keep", .duration(.seconds(60)...longest), default: "30d", "Age at which entries are dropped."),
            SchemaKey(
                "size",
                .size((1 << 20)...(1 << 50), orNone: false),
                default: "1GiB",
                "Size above which the oldest entries are dropped."
            ),
        ]
    )

    /// Its key `tls`.
    static let gatewayTLS = SchemaSection(
        "gateway.tls",
        summary: "With any certificate, the gateway port speaks TLS. Files are read again on reload.",
        example: """
            gateway:
              tls:
                certificates:
                  - { cert: /etc/parley/example.com.pem, key: /etc/parley/example.com.key }
            """,
        keys: [
            SchemaKey(
                "certificates",
                .list(.section(.certificate), atLeast: 0),
                default: "[]",
                "Certificates, chosen by the name the client asks for (SNI); the first for unknown names."
            )
        ]
    )

    /// One certificate of the gateway port.
    static let certificate = SchemaSection(
        "gateway.tls.certificates[]",
        keys: [
            SchemaKey(required: "cert", .text(.file), "File with the certificate chain in PEM form, leaf first."),
            SchemaKey(required: "key", .text(.file), "File with the private key in PEM form."),
        ]
    )

    /// The longest time that is useful as a limit of waiting.
    static let aDay = Duration.seconds(86_400)
    /// The longest time that can be written.
    static let longest = Duration.longestWritten
}
