/// How many conflicts of one sort there were since the start.
package struct ConflictCount: Sendable, Equatable {
    /// The service's name.
    package var service: String
    /// The route's name.
    package var route: String
    /// The kind's name.
    package var kind: String
    /// `gateway` or `upstream`.
    package var origin: String
    /// What became of them: `refused`, `queued`, `merged`, `replayed` or `passed`.
    package var resolution: String
    /// How many.
    package var count: UInt64

    /// A sort of conflicts and their number.
    package init(service: String, route: String, kind: String, origin: String, resolution: String, count: UInt64) {
        self.service = service
        self.route = route
        self.kind = kind
        self.origin = origin
        self.resolution = resolution
        self.count = count
    }
}
