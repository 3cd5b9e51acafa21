import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire

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
        if lacksResource, representation.status != 200 { return refuseWithoutResource(because: reason) }
        let detail = "\(identity) has no version that your condition could be compared with: \(reason)."
        refuse(exchange.conflictReply(unversioned(detail, status: 409)))
    }

    private func judgeNothing(_ relay: RelayedAnswer, began: UInt64) {
        before = .nothing
        exchange.sawNothing(of: identity, began: began)
        guard conditions.isConditionalWrite else { return write() }
        // Nobody asked for this read: that its URL is unknown says nothing about what the POST would change.
        if lacksResource, relay.status == 404 {
            return refuseWithoutResource(because: "a read of it was answered with 404")
        }
        guard exchange.method == .put else { return refuse(relay.reply) }
        guard case .failed = conditions.evaluate(isSafeRead: false, current: .missing) else { return write() }
        var report = ConflictReport(.staleVersion)
        report.yourVersion = namedVersion
        report.detail =
            "You based your change on version \(namedVersion ?? ""), but there is nothing at \(identity) now."
        refuse(exchange.conflictReply(report))
    }

    /// Whether the condition is one of a POST that is judged by its own URL, since the route names no resource.
    var lacksResource: Bool { exchange.method == .post && conflict.policy.resource == nil }

    /// 409 to a POST with a condition where a GET of its URL shows nothing to compare with.
    func refuseWithoutResource(because reason: String) {
        let detail =
            "Your condition cannot be compared with \(identity): \(reason). Send the request without a condition, or have "
            + "the route's «conflict.resource» name what it changes."
        refuse(exchange.conflictReply(unversioned(detail, status: 409)))
    }

    private func compare(_ representation: Representation, began: UInt64) {
        guard let subject,
            let sighting = exchange.sighting(of: representation, query: subject.query, accept: subject.accept)
        else { return judgeUnversionable(representation) }
        before = .version(sighting, representation)
        exchange.saw(sighting, of: identity, began: began)
        noticeBlindness(sighting) { [self] in judgeConditions(sighting, representation) }
    }

    private func judgeConditions(_ sighting: Sighting, _ representation: Representation) {
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
        guard case .tags(let tags)? = conditions.ifMatch else { return refuse(exchange.conflictReply(report)) }
        findChanges(since: tags.map(\.bytes), to: sighting) { [self] changes in
            report.changes = changes
            refuse(exchange.conflictReply(report))
        }
    }

    /// Finds out who changed what since some versions, and goes on with that unless the write is over by then.
    func findChanges(since named: [[UInt8]], to sighting: Sighting, _ then: @escaping (ChangeReport) -> Void) {
        let question = exchange.changes(since: named, to: sighting, writing: body)
        exchange.loop.work(on: sighting.record.representation.count + body.count, question) { [self] changes in
            guard step != .done else { return }
            then(changes ?? ChangeReport())
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
}

extension Preconditions {
    /// Whether a write depends on the current version.
    var isConditionalWrite: Bool { ifMatch != nil || ifNoneMatch != nil || ifUnmodifiedSince != nil }
}
