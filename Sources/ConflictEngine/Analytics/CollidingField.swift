/// A part of documents that is changed under the feet of others.
package struct CollidingField: Sendable, Equatable {
    /// Where: a JSON pointer (RFC 6901) in which `*` stands for the place in an array.
    package var pointer: String
    /// In how many conflicts the competing write had changed it.
    package var count: Int

    /// The `limit` fields that competing writes changed most often, most first, then by pointer.
    static func ranked(_ sightings: [ConflictSighting], limit: Int) -> [CollidingField] {
        var counts: [String: Int] = [:]
        for sighting in sightings {
            guard let changed = sighting.rival?.changed else { continue }
            for pointer in Set(changed.map { ChangedPointer($0).pattern }) { counts[pointer, default: 0] += 1 }
        }
        let all = counts.map { CollidingField(pointer: $0.key, count: $0.value) }
        return Array(all.sorted { ($1.count, $0.pointer) < ($0.count, $1.pointer) }.prefix(max(0, limit)))
    }
}
