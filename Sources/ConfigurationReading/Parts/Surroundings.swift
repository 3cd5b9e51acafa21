import Catalog

/// What a part of the file may refer to elsewhere.
struct Surroundings {
    /// The names of all upstreams, even of those that cannot be used.
    var upstreams: [String]
    /// The groups that have a consumer.
    var groups: Set<String>
    /// Whether there are consumers at all.
    var hasConsumers: Bool
    /// The kinds of conflicts that messages and rules may name.
    var kinds: Set<String>

    /// Collects the names that `root` defines.
    init(root: Piece, kinds: Set<String>) {
        upstreams = (root["upstreams"]?.members ?? []).map(\.name)
        let consumers = root["consumers"]?.members ?? []
        groups = Set(consumers.flatMap { $0.value.texts("groups") ?? [] })
        hasConsumers = !consumers.isEmpty
        self.kinds = kinds
    }
}
