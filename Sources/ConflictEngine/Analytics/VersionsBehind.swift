/// How far behind the current version those were who named another.
///
/// Only versions that appear in the journal can be counted, so every number is the least that it can have been.
package struct VersionsBehind: Sendable, Equatable {
    /// Conflicts of which both versions are known.
    package private(set) var known = 0
    /// Of these, how many were one version behind, as far as can be told.
    package private(set) var one = 0
    /// How many were two behind.
    package private(set) var two = 0
    /// How many were three or more behind.
    package private(set) var more = 0
    /// The most that anyone was behind.
    package private(set) var most = 0

    /// Follows the versions of each resource through `sightings`, in order of time.
    init(_ sightings: [ConflictSighting]) {
        var places: [String: [String: Int]] = [:]
        var counts: [String: Int] = [:]
        for sighting in sightings.sorted(by: { $0.time < $1.time }) where sighting.isStale {
            guard let current = sighting.currentVersion, let yours = sighting.yourVersion else { continue }
            guard yours != current, yours != "*" else { continue }
            let resource = sighting.resource
            // A version that returns is the newest again, as a hash of the same bytes is.
            if places[resource]?[current] != counts[resource] || counts[resource] == nil {
                counts[resource, default: 0] += 1
                places[resource, default: [:]][current] = counts[resource]
            }
            let latest = counts[resource] ?? 1
            let place = places[resource]?[yours] ?? latest - 1
            places[resource, default: [:]][yours] = place
            note(max(1, latest - place))
        }
    }

    private mutating func note(_ behind: Int) {
        known += 1
        most = max(most, behind)
        switch behind {
        case ...1: one += 1
        case 2: two += 1
        default: more += 1
        }
    }
}
