/// A resource that many writes meet at.
package struct HotResource: Sendable, Equatable {
    /// The resource in normal form.
    package var resource: String
    /// How many conflicts it saw.
    package var count: Int
    /// How many different callers met them; those without a name are not counted.
    package var consumers: Int
    /// The latest of them, in milliseconds since 1970 UTC.
    package var last: Int64

    /// The `limit` resources with the most conflicts, most first, then by name.
    static func ranked(_ sightings: [ConflictSighting], limit: Int) -> [HotResource] {
        var found: [String: (count: Int, consumers: Set<String>, last: Int64)] = [:]
        for sighting in sightings {
            var known = found[sighting.resource] ?? (0, [], sighting.time)
            known.count += 1
            if let consumer = sighting.consumer { known.consumers.insert(consumer) }
            known.last = max(known.last, sighting.time)
            found[sighting.resource] = known
        }
        let all = found.map { resource, known in
            HotResource(resource: resource, count: known.count, consumers: known.consumers.count, last: known.last)
        }
        return Array(all.sorted { ($1.count, $0.resource) < ($0.count, $1.resource) }.prefix(max(0, limit)))
    }
}
