import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

/// A read that may be answered with what was read a moment ago, or together with others that ask for the same.
final class CachedReading {
    private let exchange: Exchange
    private let conditions: Preconditions
    private let conflict: ConflictPlan
    private let policy: ReadPolicy
    private let key: RepresentationCache.Key
    private var generation: UInt64?
    private var isWaiting = false

    /// The reading of an exchange; `nil` where every read asks the upstream.
    init?(_ exchange: Exchange, conditions: Preconditions, conflict: ConflictPlan) {
        guard let policy = conflict.policy.reads, exchange.plan?.compress == nil,
            conflict.policy.blindWrites == .ignore, Self.mayBeShared(exchange)
        else {
            return nil
        }
        self.exchange = exchange
        self.conditions = conditions
        self.conflict = conflict
        self.policy = policy
        key = RepresentationCache.Key(
            resource: exchange.identity,
            credential: exchange.credential,
            selection: Self.selection(of: exchange)
        )
    }

    /// Whether the client lets anybody answer but the upstream (RFC 9111 §5.2.1).
    private static func mayBeShared(_ exchange: Exchange) -> Bool {
        guard exchange.framing == .none else { return false }
        let head = exchange.connection.head.present
        guard head.has(.cacheControl) else { return exchange.connection.head.values(named: "pragma").isEmpty }
        return false
    }

    private static func selection(of exchange: Exchange) -> [UInt8] {
        var selection = exchange.path + [0] + exchange.query
        for name in [FieldName.accept, .acceptLanguage] {
            for value in exchange.connection.head.values(of: name) { selection += [0] + value }
            selection.append(1)
        }
        return selection
    }

    /// Answers at once, waits for somebody else's answer, or lets the read go on.
    func begin() -> Exchange.Verdict {
        let now = WallClock.monotonic()
        let fresh = policy.fresh.wholeNanoseconds
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        let advice = exchange.loop.shared.representations.ask(
            key,
            oldest: now > fresh ? now - fresh + 1 : .max,
            joins: policy.coalesce,
            ObjectIdentifier(self)
        ) { entry in
            box.eventLoop.execute { box.value.told(entry) }
        }
        switch advice {
        case .answer(let entry): return .reply(reply(entry))
        case .wait:
            isWaiting = true
            exchange.reading = self
            return .wait
        case .lead(let generation):
            self.generation = generation
            exchange.reading = self
            return .proceed
        case .alone: return .proceed
        }
    }

    private func told(_ entry: RepresentationCache.Entry?) {
        guard isWaiting else { return }
        isWaiting = false
        exchange.reading = nil
        if let entry { return exchange.answer(reply(entry)) }
        exchange.versioning = VersionedRead(exchange, conditions: conditions, conflict: conflict)
        exchange.forward()
    }

    /// The upstream's answer was read whole: those who wait get it too.
    func finish(_ representation: Representation, tag: EntityTag, head: borrowing MessageHead) {
        guard let generation else { return }
        self.generation = nil
        let entry = Self.isShareable(head) ? entry(representation, tag, head) : nil
        let keeps = policy.fresh > .zero
        exchange.loop.shared.representations.finish(key, generation: generation, with: entry, keeps: keeps)
    }

    /// Nothing came of it, or nobody waits any more.
    func end() {
        if isWaiting {
            isWaiting = false
            exchange.loop.shared.representations.leave(key, ObjectIdentifier(self))
        }
        guard let generation else { return }
        self.generation = nil
        exchange.loop.shared.representations.finish(key, generation: generation, with: nil, keeps: false)
    }

    /// Whether the upstream lets its answer be used again for the same caller.
    private static func isShareable(_ head: borrowing MessageHead) -> Bool {
        guard !head.present.has(.setCookie) else { return false }
        for value in head.values(of: .cacheControl) {
            let text = String(decoding: value, as: UTF8.self).lowercased()
            if text.contains("no-store") || text.contains("no-cache") { return false }
        }
        let known: Set<String> = ["accept", "accept-encoding", "accept-language", "authorization", "cookie", ""]
        for value in head.values(of: .vary) {
            let names = String(decoding: value, as: UTF8.self).lowercased().split(separator: ",")
            if !names.allSatisfy({ known.contains(String($0).trimmingBlanks()) }) { return false }
        }
        return true
    }

    private func entry(
        _ representation: Representation,
        _ tag: EntityTag,
        _ head: borrowing MessageHead
    ) -> RepresentationCache.Entry {
        var lines = ByteBuffer()
        head.writeFields(except: Self.written, names: exchange.answerNames(of: head), to: &lines)
        return RepresentationCache.Entry(
            tag: tag.bytes,
            lines: Array(buffer: lines),
            body: representation.body,
            lastModified: representation.lastModified,
            readAt: exchange.sentAt
        )
    }

    private static let written = FieldSet.hopByHop.union(
        FieldSet(.parley, .xRequestID, .contentLength, .acceptRanges, .etag, .date, .location, .contentLocation)
    )
    private static let representationNames: Set<[UInt8]> = Set(
        ["content-type", "content-encoding", "content-language", "content-range", "last-modified"].map {
            Array($0.utf8)
        }
    )

    // MARK: Answers

    /// The answer with a representation that is at hand, by the caller's own conditions.
    private func reply(_ entry: RepresentationCache.Entry) -> LocalReply {
        let tag = EntityTag(field: entry.tag) ?? EntityTag(strong: [])
        let age = (WallClock.monotonic() &- entry.readAt) / 1_000_000_000
        var lines = Array("ETag: ".utf8) + entry.tag + [13, 10] + LocalReply.line("Age", String(age))
        let current = Preconditions.Selected.present(tag: tag, lastModified: entry.lastModified)
        switch conditions.evaluate(isSafeRead: true, current: current) {
        case .notModified:
            lines += LocalReply.without(Self.representationNames, entry.lines)
            return LocalReply(status: 304, lines: lines)
        case .failed: return exchange.staleReadReply(tag)
        case .perform: break
        }
        lines += entry.lines + LocalReply.line("Accept-Ranges", "bytes")
        guard let range = range(in: entry, tag) else { return LocalReply(status: 200, lines: lines, body: entry.body) }
        let contentRange = ByteRangeRequest.contentRange(range, of: entry.body.count)
        lines += Array("Content-Range: ".utf8) + contentRange + [13, 10]
        return LocalReply(status: 206, lines: lines, body: Array(entry.body[range]))
    }

    /// The part that is asked for; `nil` for the whole, which may be sent in place of any range (RFC 9110 §14.2).
    private func range(in entry: RepresentationCache.Entry, _ tag: EntityTag) -> Range<Int>? {
        let head = exchange.connection.head.present
        guard exchange.method == .get, head.has(.range), !head.has(.ifRange) else { return nil }
        let lines = exchange.connection.head.values(of: .range)
        guard case .satisfiable(let range) = ByteRangeRequest(fieldLines: lines, length: entry.body.count) else {
            return nil
        }
        return range
    }
}
