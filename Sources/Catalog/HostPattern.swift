/// A host a route takes: a name, or `*.` and a name for all its subdomains.
package struct HostPattern: Sendable, Hashable {
    /// The name in lower case, without the `*.` and without port.
    package var name: String
    /// Whether subdomains of `name` match instead of `name` itself.
    package var isWildcard: Bool

    /// A host name or a wildcard over its subdomains.
    package init(name: String, isWildcard: Bool) {
        self.name = name
        self.isWildcard = isWildcard
    }
}
