import Synchronization

/// The recent versions of all resources, kept to explain what changed.
///
/// One for the process, safe from every thread. Its memory is bounded: when it is full, the resource used longest ago is
/// forgotten first. Buffers in which versions are being derived count against the same bound.
package final class VersionHistory: Sendable {
    private final class Shard: Sendable {
        let resources = Mutex(RecencyMap<ResourceIdentity, ResourceHistory>())
    }

    private static let resourceFootprint = 256

    private let shards: [Shard]
    private let buffers: MemoryBudget
    private let held = Atomic<Int>(0)
    private let uses = Atomic<UInt64>(0)

    /// An empty history that takes at most `limit` bytes.
    package init(limit: Int, shards: Int = 16) {
        buffers = MemoryBudget(limit: limit)
        self.shards = (0..<max(shards, 1)).map { _ in Shard() }
    }

    /// The memory taken by versions, in bytes, without the reserved part.
    package var footprint: Int { held.load(ordering: .relaxed) }

    /// Changes the bound, in bytes; what no longer fits is forgotten at once.
    package func resize(to limit: Int) {
        buffers.resize(to: limit)
        makeRoom(sparing: nil)
    }

    /// Keeps a version of `identity`; `credential` is `nil` exactly for derived tags, and some constant for a caller
    /// without credentials.
    package func record(
        _ version: VersionRecord,
        of identity: ResourceIdentity,
        for credential: UInt64?,
        keeping retention: HistoryRetention
    ) {
        let growth = shard(of: identity).resources.withLock { resources in
            let known = resources.count
            return resources.use(identity, at: nextUse(), orInsert: ResourceHistory()) { history in
                let before = history.footprint
                history.append(version, for: credential, keeping: retention)
                return history.footprint - before
            } + (resources.count - known) * (Self.resourceFootprint + identity.footprint)
        }
        held.wrappingAdd(growth, ordering: .relaxed)
        makeRoom(sparing: identity)
    }

    /// Whether `tag` is already kept as the newest version of the variant, so that the bytes need not be recorded again.
    package func seenAgain(
        _ tag: [UInt8],
        variant: UInt64 = 0,
        of identity: ResourceIdentity,
        for credential: UInt64?,
        until expiry: Int64
    ) -> Bool {
        shard(of: identity).resources.withLock { resources in
            resources.useIfPresent(identity, at: nextUse()) { history in
                history.seenAgain(tag, variant: variant, for: credential, until: expiry)
            } ?? false
        }
    }

    /// The version of `identity` that `tag` names for a caller with `credential`, at `now` milliseconds since 1970.
    ///
    /// Finds derived tags whatever the credential, and tags of the upstream that were given out to this credential.
    package func version(
        under tag: [UInt8],
        of identity: ResourceIdentity,
        for credential: UInt64?,
        at now: Int64
    ) -> VersionRecord? {
        history(of: identity)?.version(under: tag, for: credential, at: now)
    }

    /// The Accept header under which `tag` was given out; `nil` if the tag is unknown or the request had none.
    package func accept(
        under tag: [UInt8],
        of identity: ResourceIdentity,
        for credential: UInt64?,
        at now: Int64
    ) -> [UInt8]? {
        version(under: tag, of: identity, for: credential, at: now)?.accept
    }

    /// Takes `bytes` of the bound for a buffer, at the cost of the oldest histories; `false` if buffers fill it already.
    package func reserve(_ bytes: Int) -> Bool {
        guard buffers.reserve(bytes) else { return false }
        makeRoom(sparing: nil)
        return true
    }

    /// Gives back what ``reserve(_:)`` took.
    package func release(_ bytes: Int) {
        buffers.release(bytes)
    }

    /// A copy of what is kept of `identity`, which counts as used.
    func history(of identity: ResourceIdentity) -> ResourceHistory? {
        shard(of: identity).resources.withLock { $0.useIfPresent(identity, at: nextUse()) { $0 } }
    }
}

extension VersionHistory {
    private func shard(of identity: ResourceIdentity) -> Shard {
        shards[Int(UInt(bitPattern: identity.hashValue) % UInt(shards.count))]
    }

    private func nextUse() -> UInt64 {
        uses.wrappingAdd(1, ordering: .relaxed).newValue
    }

    private var excess: Bool {
        held.load(ordering: .relaxed) + buffers.held > buffers.limit
    }

    /// Forgets the oldest resources until everything fits; the one in `identity` only loses its oldest versions, for
    /// when it is the last one left.
    private func makeRoom(sparing identity: ResourceIdentity?) {
        while excess, let shard = shardOfOldest() {
            let freed = shard.resources.withLock { forgetOldest(in: &$0, sparing: identity) }
            held.wrappingSubtract(freed, ordering: .relaxed)
        }
    }

    private func shardOfOldest() -> Shard? {
        var oldest: (stamp: UInt64, shard: Shard)?
        for shard in shards {
            guard let stamp = shard.resources.withLock({ $0.oldestStamp }) else { continue }
            if stamp < oldest?.stamp ?? .max { oldest = (stamp, shard) }
        }
        return oldest?.shard
    }

    private func forgetOldest(
        in resources: inout RecencyMap<ResourceIdentity, ResourceHistory>,
        sparing identity: ResourceIdentity?
    ) -> Int {
        if let identity, resources.oldestKey == identity, let freed = dropVersion(of: identity, in: &resources) {
            return freed
        }
        guard let (key, history) = resources.removeOldest() else { return 0 }
        return history.footprint + Self.resourceFootprint + key.footprint
    }

    /// Drops the oldest of several versions; `nil` if there are not several.
    private func dropVersion(
        of identity: ResourceIdentity,
        in resources: inout RecencyMap<ResourceIdentity, ResourceHistory>
    ) -> Int? {
        resources.adjust(identity) { history in
            guard history.entries.count > 1 else { return nil }
            let before = history.footprint
            history.dropOldest()
            return before - history.footprint
        } ?? nil
    }
}

extension ResourceIdentity {
    /// About how much memory the identity takes, in bytes.
    fileprivate var footprint: Int { upstream.utf8.count + path.count }
}
