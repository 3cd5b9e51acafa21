package import Server

/// Who plays: the two sample APIs and the two consumers.
package struct Cast: Sendable {
    /// The item API.
    package let items: Endpoint
    /// The sign-up API.
    package let accounts: Endpoint
    /// One consumer.
    package let ada = SampleConsumer(name: "ada")
    /// Another.
    package let ben = SampleConsumer(name: "ben")

    /// A cast with new keys.
    package init(items: Endpoint, accounts: Endpoint) {
        self.items = items
        self.accounts = accounts
    }
}
