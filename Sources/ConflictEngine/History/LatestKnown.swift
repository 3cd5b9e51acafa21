import Synchronization

/// The last version of each resource that the gateway saw, so that a write from elsewhere is noticed.
///
/// One for the process, safe from every thread, bounded: the resource used longest ago is forgotten first. Times are
/// nanoseconds of one monotonic clock.
package final class LatestKnown: Sendable {
    /// What a read tells about the writes since the last one.
    package enum Observation: Sendable, Equatable {
        /// The variant was not known.
        case first
        /// Nothing changed.
        case same
        /// It changed, and a write through the gateway, or one that was still under way, accounts for it.
        case explained
        /// It changed and no write through the gateway can have done it; `previous` is the tag known until then.
        case changedOutOfBand(previous: [UInt8])
    }

    /// How a write through the gateway ended.
    package enum WriteEnd: Sendable, Equatable {
        /// It was applied and read back: the variant now has this tag, `nil` if nothing is there any more.
        case wrote(variant: UInt64, tag: [UInt8]?)
        /// The upstream refused it.
        case refused
        /// It was applied and could not be read back, or it may yet be applied: the next change is put down to it.
        case unknown
    }

    private final class Shard: Sendable {
        let resources = Mutex(RecencyMap<ResourceIdentity, ResourceSighting>())
    }

    private let shards: [Shard]
    private let limitPerShard: Int
    private let uses = Atomic<UInt64>(0)

    /// Knows nothing yet, and at most about `limit` resources later.
    package init(limit: Int = 100_000, shards: Int = 16) {
        self.shards = (0..<max(shards, 1)).map { _ in Shard() }
        limitPerShard = max(limit / max(shards, 1), 1)
    }

    /// Takes note of a read that lasted from `began` to `ended` and saw `tag`, or with `nil` that nothing is there.
    ///
    /// `variant` is a hash of everything that chooses the representation: credential, query, media type, language.
    package func observe(
        _ tag: [UInt8]?,
        variant: UInt64,
        of identity: ResourceIdentity,
        began: UInt64,
        ended: UInt64
    ) -> Observation {
        withSighting(of: identity) { $0.observe(tag, variant: variant, began: began, ended: ended) }
    }

    /// Takes note that a write is about to be sent.
    package func beginWrite(of identity: ResourceIdentity) {
        withSighting(of: identity) { $0.beginWrite() }
    }

    /// Takes note of how a write ended, once for each ``beginWrite(of:)``, after it was read back.
    package func endWrite(of identity: ResourceIdentity, as end: WriteEnd, at now: UInt64) {
        withSighting(of: identity) { $0.endWrite(as: end, at: now) }
    }

    private func withSighting<Result: Sendable>(
        of identity: ResourceIdentity,
        _ body: (inout ResourceSighting) -> Result
    ) -> Result {
        let shard = shards[Int(UInt(bitPattern: identity.hashValue) % UInt(shards.count))]
        let stamp = uses.wrappingAdd(1, ordering: .relaxed).newValue
        return shard.resources.withLock { resources in
            let result = resources.use(identity, at: stamp, orInsert: ResourceSighting(), body)
            if resources.count > limitPerShard { _ = resources.removeOldest() }
            return result
        }
    }
}
