/// Which entries of the journal are wanted; every condition that is set must hold.
package struct ConflictFilter: Sendable, Equatable {
    /// Earliest time, inclusive, in milliseconds since 1970 UTC.
    package var since: Int64?
    /// Latest time, exclusive, in milliseconds since 1970 UTC.
    package var until: Int64?
    /// The service's name.
    package var service: String?
    /// The route's name.
    package var route: String?
    /// The kind's name.
    package var kind: String?
    /// The consumer's name.
    package var consumer: String?
    /// The resource in normal form.
    package var resource: String?

    /// Lets every entry pass.
    package init() {}

    /// Whether `entry` passes.
    package func admits(_ entry: ConflictEntry) -> Bool {
        if let since, entry.time < since { return false }
        if let until, entry.time >= until { return false }
        return agrees(service, entry.service) && agrees(route, entry.route) && agrees(kind, entry.kind)
            && agrees(consumer, entry.consumer) && agrees(resource, entry.resource)
    }

    private func agrees(_ wanted: String?, _ actual: String?) -> Bool {
        guard let wanted else { return true }
        return wanted == actual
    }
}
