/// What holds for the whole gateway, whatever the route.
package struct GatewayOptions: Sendable, Equatable {
    /// Addresses whose `X-Forwarded-*` fields are believed.
    package var trustedProxies: [AddressBlock] = []
    /// Time for a whole request head.
    package var headTimeout: Duration = .seconds(10)
    /// Longest silence within a request body.
    package var bodyTimeout: Duration = .seconds(20)
    /// Longest idle time of a client connection between requests.
    package var keepAliveTimeout: Duration = .seconds(75)
    /// Largest request body in bytes; `nil` is no limit.
    package var bodyLimit: Int?
    /// Bytes that conflict history and versioning buffers may take together.
    package var conflictMemory: Int = 128 << 20
    /// Bytes that the requests of calls of language models may take together.
    package var bodyMemory: Int = 512 << 20
    /// Where the access log goes.
    package var accessLog = AccessLogOptions()
    /// How much of the conflict journal is kept.
    package var journal = JournalOptions()
    /// Certificates of the gateway port; with any, it speaks TLS.
    package var certificates: [CertificateFiles] = []

    /// The defaults of the contract.
    package init() {}
}
