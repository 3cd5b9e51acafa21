import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import StoragePorts

extension Exchange {
    /// An entry about this exchange.
    func journalEntry(
        _ kind: ConflictKind,
        status: Int?,
        origin: ConflictEntry.Origin,
        outcome: ConflictEntry.Outcome
    ) -> ConflictEntry {
        var entry = ConflictEntry(
            id: newID(),
            time: WallClock.milliseconds(),
            service: plan?.service ?? "",
            route: plan?.route ?? "",
            resource: String(decoding: resourcePath, as: UTF8.self),
            method: connection.head.text(connection.head.method),
            requestID: requestID.text,
            kind: kind.rawValue,
            origin: origin,
            resolution: ConflictEntry.Resolution(outcome)
        )
        entry.consumer = consumerName
        entry.status = status
        return entry
    }

    /// Hands an entry to the journal and counts it; never blocks.
    func record(_ entry: ConflictEntry) {
        loop.shared.journal.record(entry)
        let key = ConflictMeterKey(
            kind: entry.kind,
            origin: entry.origin.rawValue,
            resolution: entry.resolution.outcome.rawValue
        )
        loop.meters.update(plan?.slot ?? -1) { $0.conflicts[key, default: 0] &+= 1 }
    }

    private func newID() -> String { String(decoding: newUUID(), as: UTF8.self) }

    /// The text of a new UUIDv7.
    func newUUID() -> [UInt8] {
        let low = loop.random.next()
        let high = UInt16(truncatingIfNeeded: loop.random.next())
        return Array(UUIDv7.bytes(milliseconds: WallClock.milliseconds(), random: (high, low)))
    }
}
