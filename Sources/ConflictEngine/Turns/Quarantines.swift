/// The rules of quarantine alone, without lock or clock; times are nanoseconds of one monotonic clock.
///
/// ``QuarantineTable`` guards it.
package struct Quarantines {
    private struct Entry {
        var until: UInt64
        var stamp: UInt64
    }

    private var entries: [ResourceIdentity: Entry] = [:]
    /// Entries in the order they came, with leftovers of those that are gone.
    private var arrivals: [(identity: ResourceIdentity, stamp: UInt64)] = []
    private var head = 0
    private var lastStamp: UInt64 = 0
    private let capacity: Int
    /// How many quarantines ended early because there was no room; each is a promise that could not be kept.
    package private(set) var dropped = 0

    /// Room for `capacity` resources, at least one.
    package init(capacity: Int) { self.capacity = max(1, capacity) }

    /// How many resources are quarantined.
    package var count: Int { entries.count }

    /// Quarantines a resource at least until `end`; an earlier quarantine is extended, never shortened.
    ///
    /// - Returns: The resource whose quarantine was dropped to make room: the one quarantined longest ago.
    package mutating func enter(_ identity: ResourceIdentity, until end: UInt64) -> ResourceIdentity? {
        if let known = entries[identity] {
            entries[identity]?.until = max(known.until, end)
            return nil
        }
        let victim = entries.count >= capacity ? dropOldest() : nil
        lastStamp &+= 1
        entries[identity] = Entry(until: end, stamp: lastStamp)
        arrivals.append((identity, lastStamp))
        return victim
    }

    /// Where a resource stands at `now`; `nil` if it is not quarantined.
    package func state(of identity: ResourceIdentity, now: UInt64) -> QuarantineState? {
        guard let entry = entries[identity] else { return nil }
        return entry.until > now ? .settling(remaining: entry.until - now) : .awaitingRead
    }

    /// Ends a quarantine if the read that succeeded was sent when the settle time was over.
    ///
    /// - Returns: Whether it ended a quarantine.
    package mutating func readSucceeded(_ identity: ResourceIdentity, sentAt: UInt64) -> Bool {
        guard let entry = entries[identity], sentAt >= entry.until else { return false }
        entries[identity] = nil
        compact()
        return true
    }

    private mutating func dropOldest() -> ResourceIdentity? {
        while head < arrivals.count {
            let (identity, stamp) = arrivals[head]
            head += 1
            guard entries[identity]?.stamp == stamp else { continue }
            entries[identity] = nil
            dropped += 1
            compact()
            return identity
        }
        return nil
    }

    /// Keeps the list of arrivals within a small multiple of what is there.
    private mutating func compact() {
        guard arrivals.count > 2 * entries.count + 64 else { return }
        arrivals = arrivals[head...].filter { entries[$0.identity]?.stamp == $0.stamp }
        head = 0
    }
}
