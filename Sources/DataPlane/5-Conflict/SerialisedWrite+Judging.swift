import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import NIOPosix

extension SerialisedWrite {
    /// Decides by what the read says (the table of contract §4, level `serialise`).
    func judge(_ outcome: CallerRead.Outcome, began: UInt64) {
        guard step == .reading else { return }
        guard case .answer(let representation, let relay) = outcome else { return cannotRead() }
        switch representation.status {
        case 200 where representation.isVersionable: compare(representation, began: began)
        case 404, 410: judgeNothing(relay, began: began)
        case 401, 403: conditions.isConditionalWrite ? refuse(relay.reply) : write()
        case 500...: cannotRead()
        default: judgeUnversionable(representation)
        }
    }

    private func cannotRead() {
        let detail = "The current version of \(identity) could not be read, so nothing was written; try again later."
        refuse(exchange.conflictReply(unversioned(detail, status: 503)))
    }

    private func judgeUnversionable(_ representation: Representation) {
        guard conditions.isConditionalWrite else { return write() }
        let reason =
            representation.status == 200
            ? "its representation is coded, endless or larger than \(conflict.policy.bodyLimit) bytes"
            : "a read of it was answered with \(representation.status)"
        let detail = "\(identity) has no version that your condition could be compared with: \(reason)."
        refuse(exchange.conflictReply(unversioned(detail, status: 409)))
    }

    private func judgeNothing(_ relay: RelayedAnswer, began: UInt64) {
        before = .nothing
        exchange.sawNothing(of: identity, began: began)
        guard conditions.isConditionalWrite else { return write() }
        guard exchange.method == .put else { return refuse(relay.reply) }
        guard case .failed = conditions.evaluate(isSafeRead: false, current: .missing) else { return write() }
        var report = ConflictReport(.staleVersion)
        report.yourVersion = namedVersion
        report.detail =
            "You based your change on version \(namedVersion ?? ""), but there is nothing at \(identity) now."
        refuse(exchange.conflictReply(report))
    }

    private func compare(_ representation: Representation, began: UInt64) {
        guard let subject,
            let sighting = exchange.sighting(of: representation, query: subject.query, accept: subject.accept)
        else { return judgeUnversionable(representation) }
        before = .version(sighting, representation)
        if let refusal = refusalOfBlindWrite(sighting) { return refuse(refusal) }
        exchange.saw(sighting, of: identity, began: began)
        let current = Preconditions.Selected.present(tag: sighting.tag, lastModified: representation.lastModified)
        switch conditions.evaluate(isSafeRead: false, current: current) {
        case .perform, .notModified:
            if representation.hasOwnStrongTag, case .tags? = conditions.ifMatch {
                requestLines = Array("If-Match: ".utf8) + sighting.tag.bytes + [13, 10]
            }
            write()
        case .failed(let failed):
            if !mergeStale(onto: sighting, failed: failed) { refuseStale(sighting, failed: failed) }
        }
    }

    /// 412 with who won, what changed and what to send next.
    func refuseStale(_ sighting: Sighting, failed: Preconditions.Step, values: [MergeConflict]? = nil) {
        var kind = ConflictKind.staleVersion
        if failed == .ifNoneMatch, case .any? = conditions.ifNoneMatch { kind = .alreadyExists }
        var report = ConflictReport(kind, status: 412)
        report.yourVersion = namedVersion
        report.currentVersion = sighting.tag.text
        report.waited = waited >= 1_000_000 ? Int(waited / 1_000_000) : nil
        report.detail = detail(failed, current: sighting.tag.text)
        report.values = values
        let question = changes(since: sighting)
        guard sighting.record.representation.count + body.count > Self.longWork else {
            report.changes = question()
            return refuse(exchange.conflictReply(report))
        }
        // Long documents take milliseconds to compare: others on this loop need not wait for that.
        let box = NIOLoopBound((self, report), eventLoop: exchange.loop.loop)
        NIOThreadPool.singleton.runIfActive(eventLoop: exchange.loop.loop, question).whenComplete { changes in
            var (write, report) = box.value
            guard write.step != .done else { return }
            report.changes = (try? changes.get()) ?? ChangeReport()  // a pool that shuts down explains nothing
            write.refuse(write.exchange.conflictReply(report))
        }
    }

    private func detail(_ failed: Preconditions.Step, current: String) -> String {
        switch failed {
        case .ifMatch:
            "You based your change on version \(namedVersion ?? ""); the current version is \(current). "
                + "Read the resource again, redo your change on it, and send it with the new version."
        case .ifUnmodifiedSince: "The resource was modified after the date you named; its version is \(current)."
        case .ifNoneMatch: "The resource exists already, in version \(current)."
        }
    }

    /// Finds out who changed what since the version that the caller named; may be asked on any thread.
    private func changes(since sighting: Sighting) -> @Sendable () -> ChangeReport {
        guard case .tags(let tags)? = conditions.ifMatch else { return { ChangeReport() } }
        let mediaType = connection.head.slice(of: .contentType).map { connection.head.copy($0) } ?? []
        let method = connection.head.text(connection.head.method)
        let proposal = ProposedChange(method: method, mediaType: mediaType, body: body)
        let history = exchange.loop.shared.history
        let (named, current, identity, credential) = (tags.map(\.bytes), sighting.record, identity, exchange.credential)
        return { history.changes(since: named, to: current, of: identity, for: credential, proposing: proposal) }
    }
}

extension Preconditions {
    /// Whether a write depends on the current version.
    var isConditionalWrite: Bool { ifMatch != nil || ifNoneMatch != nil || ifUnmodifiedSince != nil }
}
