import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import StoragePorts

extension SerialisedWrite {
    /// Sends the write upstream; from here on it is followed to its end, whatever the client does.
    func write() {
        if let refusal = lockRefusal { return refuse(refusal) }
        guard exchange.plan?.conflict?.guards != nil, exchange.guards == nil else { return send() }
        exchange.checkGuards(body) { [unowned self] refusal in
            if let refusal { refuse(refusal) } else { send() }
        }
    }

    private func send() {
        step = .writing
        hasBegunWrite = true
        exchange.loop.shared.latest.beginWrite(of: identity)
        exchange.loop.shared.representations.beginWrite(of: identity)
        exchange.forward()
    }

    /// Why locks stand in the way, judged by what was just read.
    private var lockRefusal: LocalReply? {
        guard exchange.lockConditions != nil else { return nil }
        switch before {
        case .nothing: return exchange.lockRefusal(exists: false, tag: nil)
        case .version(let sighting, _): return exchange.lockRefusal(exists: true, tag: sighting.tag)
        case .unknown: return exchange.lockRefusal(exists: true, tag: nil)
        }
    }

    // MARK: An answer

    /// The head of the answer to the write is there.
    func answerBegan(on connection: UpstreamConnection) {
        guard step == .writing else { return }
        answer = GatheredAnswer(connection)
    }

    /// Gathers a piece of the answer.
    func answerPiece(_ piece: ByteBuffer) {
        guard let answer else { return }
        answer.body.writeImmutableBuffer(piece)
        guard answer.body.readableBytes > conflict.policy.bodyLimit, step == .writing else { return }
        // Too long to be gathered: the rest waits in the connection until the write is read back.
        answer.connection.pauseReading(true)
        afterAnswer(answer.status)
    }

    /// The answer to the write is complete.
    func answerEnded(on connection: UpstreamConnection) {
        guard let answer else { return }
        guard step == .writing else { return exchange.endPlainly(connection) }
        exchange.upstream = nil
        exchange.targetReleased()
        answer.reply = exchange.gatheredReply(connection, body: Array(buffer: answer.body))
        afterAnswer(answer.status)
    }

    /// The upstream has decided: a success is read back, all else is passed on.
    private func afterAnswer(_ status: Int) {
        step = .settling
        guard (200...299).contains(status) else {
            if status == 412, answer?.reply != nil, mergesAnew(after: status) { return endWrite(as: .refused) }
            endWrite(as: status >= 500 ? .unknown : .refused)
            return respond(version: nil, isAsSent: false)
        }
        readBack()
    }

    private func readBack() {
        // Only the target that took the write is sure to have it.
        target = exchange.target ?? target
        startRead(mayMove: false) { [unowned self] outcome, began in
            guard case .answer(let representation, _) = outcome else {
                endWrite(as: .unknown)
                return respond(version: nil, isAsSent: false)
            }
            if representation.status == 404 || representation.status == 410 {
                exchange.sawNothing(of: identity, began: began)
                endWrite(as: nothingLeft)
                return respond(version: nil, isAsSent: false)
            }
            guard let sighting = recordWritten(representation) else {
                endWrite(as: .unknown)
                return respond(version: nil, isAsSent: false)
            }
            let isAsSent = exchange.method == .put && merge == nil && representation.body == body
            respond(version: sighting.tag, isAsSent: isAsSent)
        }
    }

    /// Keeps the version that this write made, with its writer.
    private func recordWritten(_ representation: Representation) -> Sighting? {
        guard let subject else { return nil }
        var replaced: [UInt8]?
        if case .version(let sighting, _) = before { replaced = sighting.tag.bytes }
        let writer = VersionRecord.Writer(
            consumer: exchange.consumerName,
            requestID: exchange.requestID.text,
            replaced: replaced
        )
        let found = exchange.sighting(
            of: representation,
            query: subject.query,
            accept: subject.accept,
            writer: writer
        )
        guard let sighting = found else { return nil }
        exchange.keep(sighting, of: identity, retention: conflict.retention)
        exchange.noteSeen(sighting)
        endWrite(as: .wrote(variant: sighting.variant, tag: sighting.tag.bytes))
        return sighting
    }

    private var nothingLeft: LatestKnown.WriteEnd {
        if case .version(let sighting, _) = before { return .wrote(variant: sighting.variant, tag: nil) }
        return .unknown
    }

    /// Says that the write has ended, once.
    func endWrite(as end: LatestKnown.WriteEnd) {
        guard hasBegunWrite else { return }
        hasBegunWrite = false
        exchange.loop.shared.latest.endWrite(of: identity, as: end, at: WallClock.monotonic())
        exchange.loop.shared.representations.endWrite(of: identity)
    }

    // MARK: The client's answer

    /// Gives the turn back and the answer to the client.
    private func respond(version: EntityTag?, isAsSent: Bool) {
        guard let answer, step != .done else { return }
        noteQueueing(answer.status)
        noteMerge(answer.status)
        noteBlindness(answer.status)
        letGo()
        let exchange = exchange
        if let version {
            exchange.conflictLines += Array("Parley-Version: ".utf8) + exchange.shown(version).bytes + [13, 10]
        }
        if var reply = answer.reply {
            exchange.versioning = nil
            // The caller does not have the bytes that a merge made: a tag would say that it does (RFC 9110 §9.3.4).
            reply.setTag(merge == nil ? version : nil, isAsSent: isAsSent)
            return exchange.answer(reply)
        }
        exchange.versioning = nil
        exchange.claim?.settleUnkept()
        exchange.dropsTag = true
        exchange.writeAnswerHead(of: answer.connection)
        exchange.passOn(answer.body)
        exchange.connection.flush()
        answer.connection.pauseReading(false)
    }

    /// A write that had to wait was a conflict, settled by queueing.
    private func noteQueueing(_ status: Int) {
        guard turns?.wasQueued == true, merge == nil else { return }
        var entry = exchange.journalEntry(.contended, status: status, origin: .gateway, outcome: .queued)
        entry.resolution.waitMilliseconds = Int(waited / 1_000_000)
        exchange.record(entry)
    }

    // MARK: No answer

    /// No complete answer to the write will come.
    func failed(_ fault: UpstreamFault) {
        guard step == .writing else {
            guard step == .settling else { return }
            // The answer's head was passed on or its rest is lost: the client must not take it for whole.
            if exchange.hasBegunAnswer { exchange.cutAnswer() } else { answer?.body.clear() }
            return
        }
        guard fault.mayHaveBeenSent else {
            if exchange.triesAgain(after: fault) { return }
            endWrite(as: .refused)
            return refuse(exchange.reply(to: fault))
        }
        step = .settling
        let writer = exchange.target ?? target
        target = writer
        startRead { [unowned self] outcome, _ in
            settle(fault, after: known(outcome), hasMoved: target !== writer)
        }
    }

    private func known(_ outcome: CallerRead.Outcome) -> Known {
        guard case .answer(let representation, _) = outcome, let subject else { return .unknown }
        if representation.status == 404 || representation.status == 410 { return .nothing }
        let found = exchange.sighting(of: representation, query: subject.query, accept: subject.accept)
        return found.map { .version($0, representation) } ?? .unknown
    }

    /// Says what became of a write whose answer was lost, as far as one more read can tell; `hasMoved` says that another
    /// target had to be asked, which may know of a write later than the one that took it.
    private func settle(_ fault: UpstreamFault, after: Known, hasMoved: Bool) {
        var reply = exchange.reply(to: fault)
        let outcome = WriteOutcome(before: before, after: after, isTelling: fault.isClosure && !hasMoved)
        reply.problem?.outcome = outcome.rawValue
        reply.problem?.detail += outcome.explanation
        switch outcome {
        case .applied:
            if case .version(_, let representation) = after, let sighting = recordWritten(representation) {
                exchange.conflictLines +=
                    Array("Parley-Version: ".utf8) + exchange.shown(sighting.tag).bytes + [13, 10]
            } else {
                endWrite(as: nothingLeft)
            }
        case .notApplied: endWrite(as: .refused)
        case .unknown:
            endWrite(as: .unknown)
            // A target that is gone applies nothing any more: the next read is enough.
            quarantine(status: reply.status, for: fault.isClosure && hasMoved ? 0 : conflict.settle)
        }
        refuse(reply)
    }

    private func quarantine(status: Int, for time: UInt64) {
        let dropped = exchange.loop.shared.quarantines.enter(identity, until: WallClock.monotonic() &+ time)
        if let dropped {
            exchange.loop.shared.log(
                LogLine(.error, "quarantine dropped for want of room", [("resource", "\(dropped)")])
            )
        }
        var entry = exchange.journalEntry(.outcomeUnknown, status: status, origin: .gateway, outcome: .passed)
        entry.yourVersion = namedVersion
        exchange.record(entry)
    }
}
