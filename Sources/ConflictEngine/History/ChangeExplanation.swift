/// Finds out what changed between two versions and which write changed it, from what is kept of a resource.
///
/// Pure; its cost is that of reading the two versions as JSON, and each write between them until all is attributed.
struct ChangeExplanation {
    /// Most places that a report names.
    private static let limit = 100

    private let entries: [ResourceHistory.Entry]
    private let credential: UInt64?

    /// Explains from `history` to a caller with `credential`.
    init(_ history: ResourceHistory, for credential: UInt64?) {
        entries = history.entries
        self.credential = credential
    }

    /// What changed from the latest version among `named` to `current`, and which of it `proposal` changes too.
    func report(since named: [[UInt8]], to current: VersionRecord, proposing proposal: ProposedChange) -> ChangeReport {
        guard let base = base(among: named, at: current.time) else { return withoutBase(current) }
        let known = JSONDocument(entries[base].version.representation)
        let now = JSONDocument(current.representation)
        var report = ChangeReport()
        let pointers = now.differences(from: known, limit: Self.limit)
        attribute(pointers, to: writes(after: base), current: now, in: &report)
        let own = proposal.pointers(in: known, limit: Self.limit)
        report.overlap = pointers.filter { place in own.contains { $0.isRelated(to: place) } }
        return report
    }

    /// The last version under one of the tags that the caller may know of.
    private func base(among tags: [[UInt8]], at now: Int64) -> Int? {
        entries.lastIndex { $0.isVisible(to: credential) && $0.expiry > now && tags.contains($0.version.tag) }
    }

    /// Nothing is known of what the caller saw; the author of the current version may still be.
    private func withoutBase(_ current: VersionRecord) -> ChangeReport {
        let made = entries.last { $0.isVisible(to: credential) && $0.version.tag == current.tag }
        guard let version = made?.version, let writer = version.writer else { return ChangeReport() }
        var report = ChangeReport()
        report.competing = competing(version, writer, changed: [])
        return report
    }

    /// The writes since the version was first seen, the latest first.
    ///
    /// Since it was *first* seen: a read that was overtaken by a write may have been recorded after it.
    private func writes(after base: Int) -> [ResourceHistory.Entry] {
        let tag = entries[base].version.tag
        let first = entries.firstIndex { $0.version.tag == tag } ?? base
        return entries[(first + 1)...].reversed().filter { $0.version.writer != nil }
    }

    /// Gives each place to the latest write that changed it to what it is now.
    private func attribute(
        _ pointers: [String],
        to writes: [ResourceHistory.Entry],
        current: JSONDocument,
        in report: inout ChangeReport
    ) {
        report.changed = pointers.map { AttributedChange(pointer: $0) }
        var open = Set(report.changed.indices)
        for entry in writes {
            guard let writer = entry.version.writer else { continue }
            if open.isEmpty, report.competing != nil { return }
            let after = JSONDocument(entry.version.representation)
            let touched = places(changedBy: writer, entry.credential, after)
            report.competing = report.competing ?? competing(entry.version, writer, changed: touched)
            for index in open where after.isTheSource(of: pointers[index], in: current, touching: touched) {
                report.changed[index].consumer = writer.consumer
                report.changed[index].requestID = writer.requestID
                report.changed[index].time = entry.version.time
                open.remove(index)
            }
        }
    }

    /// What a write changed: the difference from the version it replaced, or nothing if that is not kept.
    private func places(
        changedBy writer: VersionRecord.Writer,
        _ credential: UInt64?,
        _ after: JSONDocument
    ) -> [String] {
        guard let replaced = writer.replaced else { return [""] }
        guard let before = entries.last(where: { $0.version.tag == replaced && $0.isVisible(to: credential) })
        else { return [] }
        return after.differences(from: JSONDocument(before.version.representation), limit: Self.limit)
    }

    private func competing(
        _ version: VersionRecord,
        _ writer: VersionRecord.Writer,
        changed: [String]
    ) -> ChangeReport.CompetingWrite {
        ChangeReport.CompetingWrite(
            consumer: writer.consumer,
            time: version.time,
            requestID: writer.requestID,
            changed: changed
        )
    }
}

extension JSONDocument {
    /// Whether a write with this result, that changed `touched`, made `place` what it is in `current`.
    fileprivate func isTheSource(of place: String, in current: JSONDocument, touching touched: [String]) -> Bool {
        touched.contains { $0.isRelated(to: place) } && agrees(with: current, at: place)
    }
}

extension String {
    /// Whether one pointer names the same place as the other, or a place that holds it.
    fileprivate func isRelated(to other: String) -> Bool {
        let (mine, theirs) = (utf8, other.utf8)
        let (short, long) = mine.count <= theirs.count ? (mine, theirs) : (theirs, mine)
        guard long.starts(with: short) else { return false }
        return short.count == long.count || long.dropFirst(short.count).first == UInt8(ascii: "/")
    }
}
