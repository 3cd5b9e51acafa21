/// Time limits towards an upstream.
package struct UpstreamTimeouts: Sendable, Equatable {
    /// Until a connection stands, TLS included.
    package var connect: Duration = .seconds(2)
    /// From the last request byte to the first byte of the answer.
    package var response: Duration = .seconds(30)
    /// Longest silence within an answer.
    package var idle: Duration = .seconds(60)
    /// How long a pooled connection is kept unused.
    package var keepAlive: Duration = .seconds(30)

    /// The defaults of the contract.
    package init() {}
}
