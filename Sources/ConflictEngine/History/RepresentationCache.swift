import Synchronization

/// Representations that were read a moment ago, and reads that others may wait for; one for the process.
///
/// Nothing is given out that was read before a write of the resource ended: each write, begun and ended, makes a new
/// generation of the resource, and an answer counts only in the generation in which it was asked for.
package final class RepresentationCache: Sendable {
    /// What makes two reads the same.
    package struct Key: Hashable, Sendable {
        /// The resource.
        package let resource: ResourceIdentity
        /// The caller's credentials, as a hash.
        package let credential: UInt64
        /// What chooses the representation: query and negotiation fields.
        package let selection: [UInt8]

        /// The key of a read.
        package init(resource: ResourceIdentity, credential: UInt64, selection: [UInt8]) {
            self.resource = resource
            self.credential = credential
            self.selection = selection
        }
    }

    /// A representation as it was read.
    package struct Entry: Sendable {
        /// The version's tag, as it is sent.
        package let tag: [UInt8]
        /// Its header lines, without the tag.
        package let lines: [UInt8]
        /// Its body.
        package let body: [UInt8]
        /// `Last-Modified` in seconds since 1970.
        package let lastModified: Int64?
        /// When the read began (ns).
        package let readAt: UInt64

        /// A representation.
        package init(tag: [UInt8], lines: [UInt8], body: [UInt8], lastModified: Int64?, readAt: UInt64) {
            self.tag = tag
            self.lines = lines
            self.body = body
            self.lastModified = lastModified
            self.readAt = readAt
        }

        fileprivate var footprint: Int { tag.count + lines.count + body.count + 256 }
    }

    /// What a reader is to do.
    package enum Advice: Sendable {
        /// Answer with this.
        case answer(Entry)
        /// Read, and tell under this number what came of it.
        case lead(generation: UInt64)
        /// Wait: somebody reads the same, and will tell.
        case wait
        /// Read for yourself: a write is under way.
        case alone
    }

    private struct Resource {
        var generation: UInt64 = 0
        var writes = 0
        var entries: [Key: Entry] = [:]
        var flights: [Key: Flight] = [:]

        var isIdle: Bool { writes == 0 && entries.isEmpty && flights.isEmpty }
    }

    private struct Flight {
        let generation: UInt64
        var waiting: [ObjectIdentifier: @Sendable (Entry?) -> Void] = [:]
    }

    private struct State {
        var resources: [ResourceIdentity: Resource] = [:]
        var order = RecencyMap<Key, Int>()
        var held = 0
        var generations: UInt64 = 0
    }

    private let shards: [Shard]
    private let limit: Int

    private final class Shard: Sendable {
        let state = Mutex(State())
    }

    /// A cache that holds at most about `limit` bytes.
    package init(limit: Int, shards: Int = 16) {
        let count = max(1, shards)
        self.shards = (0..<count).map { _ in Shard() }
        self.limit = max(0, limit / count)
    }

    /// Looks for what was read no earlier than `oldest` (ns); otherwise joins or begins a read.
    ///
    /// `tell` is called once if the advice is to wait, on any thread; with `nil` if nothing came of that read.
    package func ask(
        _ key: Key,
        oldest: UInt64,
        joins: Bool,
        _ reader: ObjectIdentifier,
        _ tell: @escaping @Sendable (Entry?) -> Void
    ) -> Advice {
        withState(of: key.resource) { state in
            if state.resources[key.resource] == nil {
                // A resource that comes back must not meet a read of its earlier life.
                state.generations &+= 1
                state.resources[key.resource] = Resource(generation: state.generations << 32)
            }
            guard var resource = state.resources[key.resource], resource.writes == 0 else { return .alone }
            if let entry = resource.entries[key], entry.readAt >= oldest { return .answer(entry) }
            if joins, var flight = resource.flights[key], flight.generation == resource.generation {
                flight.waiting[reader] = tell
                resource.flights[key] = flight
                state.resources[key.resource] = resource
                return .wait
            }
            if resource.flights[key] == nil { resource.flights[key] = Flight(generation: resource.generation) }
            state.resources[key.resource] = resource
            return .lead(generation: resource.generation)
        }
    }

    /// Stops waiting.
    package func leave(_ key: Key, _ reader: ObjectIdentifier) {
        withState(of: key.resource) { state in
            _ = state.resources[key.resource]?.flights[key]?.waiting.removeValue(forKey: reader)
        }
    }

    /// Tells what came of a read that was begun in a generation: those who wait get it, and it is kept if it still counts.
    package func finish(_ key: Key, generation: UInt64, with entry: Entry?, keeps: Bool) {
        let waiting = withState(of: key.resource) { state -> [@Sendable (Entry?) -> Void] in
            guard var resource = state.resources[key.resource] else { return [] }
            var told: [@Sendable (Entry?) -> Void] = []
            if let flight = resource.flights[key], flight.generation == generation {
                told = Array(flight.waiting.values)
                resource.flights[key] = nil
            }
            state.resources[key.resource] = resource
            if let entry, keeps, resource.writes == 0, resource.generation == generation {
                keep(entry, under: key, in: &state)
            } else if resource.isIdle {
                state.resources[key.resource] = nil
            }
            return told
        }
        for tell in waiting { tell(entry) }
    }

    /// A write of the resource begins: nothing read so far counts any more.
    package func beginWrite(of resource: ResourceIdentity) {
        change(resource) { $0.writes += 1 }
    }

    /// A write of the resource has ended, however it did.
    package func endWrite(of resource: ResourceIdentity) {
        change(resource) { $0.writes = max(0, $0.writes - 1) }
    }

    /// Something may have changed the resource.
    package func invalidate(_ resource: ResourceIdentity) {
        change(resource) { _ in }
    }

    private func change(_ identity: ResourceIdentity, _ body: (inout Resource) -> Void) {
        withState(of: identity) { state in
            state.generations &+= 1
            var resource = state.resources[identity] ?? Resource(generation: state.generations << 32)
            for key in resource.entries.keys { forget(key, in: &state) }
            resource.entries = [:]
            resource.generation &+= 1
            body(&resource)
            state.resources[identity] = resource.isIdle ? nil : resource
        }
    }

    private func keep(_ entry: Entry, under key: Key, in state: inout State) {
        guard entry.footprint <= limit else { return }
        forget(key, in: &state)
        state.resources[key.resource]?.entries[key] = entry
        state.held += entry.footprint
        state.order.use(key, at: entry.readAt, orInsert: entry.footprint) { $0 = entry.footprint }
        while state.held > limit, let oldest = state.order.oldestKey {
            forget(oldest, in: &state)
            state.resources[oldest.resource]?.entries[oldest] = nil
            if state.resources[oldest.resource]?.isIdle == true { state.resources[oldest.resource] = nil }
        }
    }

    private func forget(_ key: Key, in state: inout State) {
        if let bytes = state.order.remove(key) { state.held -= bytes }
    }

    private func withState<Result: Sendable>(
        of resource: ResourceIdentity,
        _ body: (inout sending State) -> sending Result
    ) -> Result {
        shards[Int(UInt(bitPattern: resource.hashValue) % UInt(shards.count))].state.withLock(body)
    }
}
