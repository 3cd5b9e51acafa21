import ConflictEngine
import HTTPSemantics
import StoragePorts

extension Exchange {
    /// Makes a version of a representation read by this caller.
    func sighting(
        of representation: Representation,
        query: [UInt8],
        accept: [UInt8]?,
        writer: VersionRecord.Writer? = nil
    ) -> Sighting? {
        guard let tag = representation.version else { return nil }
        let credential = self.credential
        let variant = variant(
            query: query,
            mediaType: representation.mediaType,
            language: representation.language,
            credential: credential
        )
        let record = VersionRecord(
            tag: tag.bytes,
            representation: representation.body,
            mediaType: representation.mediaType,
            time: WallClock.milliseconds(),
            writer: writer,
            accept: accept,
            variant: variant
        )
        return Sighting(
            tag: tag,
            record: record,
            credential: representation.isVersionOfUpstream ? credential : nil,
            variant: variant
        )
    }

    /// Keeps a version just read, lifts a quarantine, and notices a write that did not pass the gateway.
    func saw(_ sighting: Sighting, of identity: ResourceIdentity, began: UInt64) {
        guard let conflict = plan?.conflict else { return }
        keep(sighting, of: identity, retention: conflict.retention)
        // Where the upstream compares versions, it makes no difference whether a write passed the gateway.
        guard conflict.dialect == nil else { return }
        let now = WallClock.monotonic()
        loop.shared.quarantines.readSucceeded(identity, sentAt: began)
        let seen = loop.shared.latest.observe(
            sighting.tag.bytes,
            variant: sighting.variant,
            of: identity,
            began: began,
            ended: now
        )
        guard case .changedOutOfBand(let previous) = seen else { return }
        noteOutOfBand(identity, previous: previous, current: sighting.tag.text)
    }

    /// Takes note that nothing is there.
    func sawNothing(of identity: ResourceIdentity, began: UInt64) {
        loop.shared.quarantines.readSucceeded(identity, sentAt: began)
    }

    /// Keeps a version in the history, or takes note that it is there already.
    func keep(_ sighting: Sighting, of identity: ResourceIdentity, retention: HistoryRetention) {
        let expiry = sighting.record.time + retention.keep
        let isKnown =
            sighting.record.writer == nil
            && loop.shared.history.seenAgain(
                sighting.tag.bytes,
                variant: sighting.variant,
                of: identity,
                for: sighting.credential,
                until: expiry
            )
        guard !isKnown else { return }
        loop.shared.history.record(sighting.record, of: identity, for: sighting.credential, keeping: retention)
    }

    private func noteOutOfBand(_ identity: ResourceIdentity, previous: [UInt8], current: String) {
        var entry = journalEntry(.outOfBandWrite, status: nil, origin: .gateway, outcome: .passed)
        entry.resource = identity.description
        entry.yourVersion = EntityTag(field: previous)?.text
        entry.currentVersion = current
        record(entry)
    }
}
