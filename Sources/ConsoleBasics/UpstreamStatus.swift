/// An upstream and how its targets are doing.
package struct UpstreamStatus: Sendable, Equatable {
    /// The upstream's name.
    package var name: String
    /// Its targets, in the order of the configuration.
    package var targets: [TargetStatus]

    /// An upstream with its targets.
    package init(name: String, targets: [TargetStatus]) {
        self.name = name
        self.targets = targets
    }
}
