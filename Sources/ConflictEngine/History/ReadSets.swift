import Synchronization

/// The last version that each consumer has seen of each resource; one for the process, safe from every thread.
///
/// What was used longest ago is forgotten first: then a blind write is not noticed, and nothing else is lost.
package final class ReadSets: Sendable {
    /// Who saw what.
    private struct Key: Hashable {
        let reader: String
        let resource: ResourceIdentity
        let variant: UInt64
    }

    private final class Shard: Sendable {
        let seen = Mutex(RecencyMap<Key, [UInt8]>())
    }

    private let shards: [Shard]
    private let capacity: Int
    private let uses = Atomic<UInt64>(0)

    /// Room for about `capacity` pairs of consumer and resource.
    package init(capacity: Int = 200_000, shards: Int = 16) {
        let count = max(1, shards)
        self.shards = (0..<count).map { _ in Shard() }
        self.capacity = max(1, capacity / count)
    }

    /// Notes that `reader` has seen the version `tag`.
    package func note(_ tag: [UInt8], variant: UInt64, of resource: ResourceIdentity, by reader: String) {
        let key = Key(reader: reader, resource: resource, variant: variant)
        let stamp = uses.wrappingAdd(1, ordering: .relaxed).newValue
        shard(of: key).seen.withLock { seen in
            seen.use(key, at: stamp, orInsert: tag) { $0 = tag }
            if seen.count > capacity { _ = seen.removeOldest() }
        }
    }

    /// The last version that `reader` has seen; `nil` if none, or none that is remembered.
    package func last(variant: UInt64, of resource: ResourceIdentity, by reader: String) -> [UInt8]? {
        let key = Key(reader: reader, resource: resource, variant: variant)
        return shard(of: key).seen.withLock { $0.peek(key) }
    }

    private func shard(of key: Key) -> Shard {
        shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
    }
}
