import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import StoragePorts

/// A conflict made by the gateway, before it becomes an answer and a journal entry.
struct ConflictReport {
    /// The sort of conflict.
    var kind: ConflictKind
    /// The status; the kind's own unless said otherwise.
    var status: Int
    /// What to say of it.
    var detail: String?
    /// The version the caller named, as text.
    var yourVersion: String?
    /// The version that is current, as text.
    var currentVersion: String?
    /// When the same request may be sent again (ms).
    var retryAfter: Int64?
    /// What others changed since.
    var changes = ChangeReport()
    /// The places at which the caller's change excludes another, where a merge was tried.
    var values: [MergeConflict]?
    /// More members of the problem document.
    var members: [(name: String, value: JSONValue)] = []
    /// Ways out besides those of the kind.
    var resolutions: [ProblemConflict.Resolution] = []
    /// How long the writer had waited (ms).
    var waited: Int?

    /// A report with the status of its kind, unless another is given.
    init(_ kind: ConflictKind, status: Int? = nil) {
        self.kind = kind
        self.status = status ?? kind.gatewayStatus ?? 409
    }
}

extension Exchange {
    /// The answer to a conflict made by the gateway, journaled.
    func conflictReply(_ report: ConflictReport) -> LocalReply {
        let entry = entry(for: report)
        record(entry)
        let resource = entry.resource
        let writer = isRevealing ? report.changes.competing?.consumer : nil
        let words = MessageWords(
            resource: resource,
            yourVersion: report.yourVersion,
            currentVersion: report.currentVersion,
            consumer: writer
        )
        let text = words.text(
            for: report.kind,
            policy: plan?.conflict?.policy,
            fallback: report.detail ?? report.kind.defaultDetail
        )
        var problem = ProblemDocument(
            kind: report.kind.rawValue,
            title: text.title,
            status: report.status,
            detail: text.detail
        )
        problem.conflict = problemConflict(report, resource: resource)
        for member in report.members { problem.extensions.set(member.name, to: member.value) }
        if let values = report.values { problem.extensions.set("values", to: .array(values.map(\.document))) }
        var lines = ConflictLines.mark(report.kind, id: entry.id, origin: "gateway")
        lines += LocalReply.line("Cache-Control", "no-store")
        if let milliseconds = report.retryAfter {
            lines += LocalReply.line("Retry-After", String(max(1, (milliseconds + 999) / 1000)))
        }
        return LocalReply(problem, lines: lines)
    }

    /// Whether other writers may be named to this caller.
    private var isRevealing: Bool { consumer >= 0 && plan?.conflict?.policy.reveal == .consumers }

    private func entry(for report: ConflictReport) -> ConflictEntry {
        var entry = journalEntry(report.kind, status: report.status, origin: .gateway, outcome: .refused)
        entry.yourVersion = report.yourVersion
        entry.currentVersion = report.currentVersion
        entry.resolution.waitMilliseconds = report.waited
        if let competing = report.changes.competing {
            let changed = competing.changed.isEmpty ? report.changes.changed.map(\.pointer) : competing.changed
            entry.competing = ConflictEntry.Competing(
                consumer: competing.consumer,
                time: competing.time,
                requestID: competing.requestID,
                changed: changed
            )
        } else if !report.changes.changed.isEmpty {
            entry.competing = ConflictEntry.Competing(changed: report.changes.changed.map(\.pointer))
        }
        return entry
    }

    /// Where to see what a merge would do.
    private var mergePreview: ProblemConflict.Resolution {
        let resource = hasQuery ? path + [UInt8(ascii: "?")] + query : path
        let tag = connection.head.slice(of: .ifMatch).map { connection.head.copy($0) } ?? []
        let parts = [resource, tag].map { String(decoding: PercentEncoding.queryComponent($0), as: UTF8.self) }
        return ProblemConflict.Resolution(
            rel: "merge-preview",
            method: "POST",
            href: "/.well-known/parley/merge-preview?resource=\(parts[0])&base=\(parts[1])"
        )
    }

    private func problemConflict(_ report: ConflictReport, resource: String) -> ProblemConflict {
        let retryable = report.kind.isRetryable(status: report.status, retryAfterKnown: report.retryAfter != nil)
        var conflict = ProblemConflict(
            resource: resource,
            isRetryable: retryable,
            retryAfterMilliseconds: report.retryAfter
        )
        conflict.yourVersion = report.yourVersion
        let current = report.currentVersion.flatMap(EntityTag.init(text:)).map { shown($0).text }
        conflict.currentVersion = current ?? report.currentVersion
        conflict.changed = report.changes.changed.map { change in
            ProblemConflict.Change(
                pointer: change.pointer,
                by: isRevealing ? change.consumer : nil,
                at: change.time,
                requestIdentifier: change.requestID
            )
        }
        conflict.overlap = report.values.map { $0.map(\.pointer.text) } ?? report.changes.overlap
        conflict.resolutions = Resolutions.of(
            report.kind,
            path: pathText,
            resource: resource,
            method: connection.head.text(connection.head.method),
            current: conflict.currentVersion
        )
        conflict.resolutions = report.resolutions + conflict.resolutions
        if report.values != nil { conflict.resolutions.append(mergePreview) }
        return conflict
    }
}
