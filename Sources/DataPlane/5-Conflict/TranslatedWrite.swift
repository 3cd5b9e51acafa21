import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import StoragePorts

/// A conditional write at level `translate`: its condition becomes the upstream's own comparison, and the upstream's
/// refusal a 412 (contract §8, standards §12).
///
/// The gateway judges nothing itself. Only a condition that no upstream can compare with, such as `If-Match: *` or a list
/// of tags, is first turned into one version by a read; that version is then compared by the upstream like any other.
final class TranslatedWrite: GatheredCall {
    /// What the upstream was asked to compare.
    private enum Demand { case version(EntityTag), absence }

    private let conditions: Preconditions
    private let conflict: ConflictPlan
    private let dialect: VersionDialect
    private var addition = TranslatedRequest.Addition()
    private var demand: Demand?
    private var readings = 0

    /// Times that a condition is turned into a version anew, when the upstream has moved on meanwhile.
    private static let attempts = 3

    override var bodyToSend: [UInt8]? { super.bodyToSend.map { addition.body ?? $0 } }
    override var hasOwnBody: Bool { addition.body != nil }
    override var queryToAdd: [UInt8] { addition.query }
    override var fieldsToDrop: [[UInt8]] { addition.field.map { [Array($0.name.lowercased().utf8)] } ?? [] }
    override var requestLines: [UInt8] {
        var lines: [UInt8] = []
        if let field = addition.field { lines += Array("\(field.name): ".utf8) + field.value + [13, 10] }
        if let type = addition.mediaType, !connection.head.present.has(.contentType) {
            lines += LocalReply.line("Content-Type", type)
        }
        return lines
    }

    /// The write of an exchange.
    init(_ exchange: Exchange, conditions: Preconditions, conflict: ConflictPlan, dialect: VersionDialect) {
        self.conditions = conditions
        self.conflict = conflict
        self.dialect = dialect
        super.init(exchange, limit: conflict.policy.bodyLimit)
    }

    // MARK: The condition

    override func prepare() {
        switch (conditions.ifMatch, conditions.ifNoneMatch) {
        case (.tags(let tags)?, nil) where tags.count == 1: demandVersion(tags[0])
        case (nil, .any?): demandAbsence()
        default: resolve()
        }
    }

    private func demandVersion(_ tag: EntityTag) {
        demand = .version(tag)
        // Strong comparison: a weak tag is never a version (RFC 9110 §8.8.3.2).
        guard !tag.isWeak else { return refuse(nil) }
        send(dialect.demanding(tag, of: request))
    }

    private func demandAbsence() {
        demand = .absence
        send(dialect.demandingAbsence(of: request))
    }

    private var request: VersionDialect.Request {
        VersionDialect.Request(
            method: connection.head.text(connection.head.method),
            query: exchange.query,
            mediaType: connection.head.slice(of: .contentType).map { connection.head.copy($0) } ?? [],
            body: body
        )
    }

    private func send(_ translated: TranslatedRequest) {
        switch translated {
        case .carries(let addition):
            self.addition = addition
            call()
        case .namesNoVersion: refuse(nil)
        case .malformed(let reason): end(with: .problem(.badRequest, reason))
        case .cannotSay(let what):
            var report = ConflictReport(.unversioned)
            report.detail = "This upstream cannot be told \(what), so nothing was written."
            end(with: exchange.conflictReply(report))
        }
    }

    /// Turns the condition into one version, the current one, if the condition holds for it.
    private func resolve() {
        readings += 1
        readResource { [unowned self] outcome in
            guard case .answer(let representation, let relay)? = outcome, representation.status < 500 else {
                return end(with: unreadable(status: 503))
            }
            switch representation.status {
            case 404, 410: judge(.missing, nil, relay)
            case 200 where representation.version != nil:
                let tag = representation.version
                judge(.present(tag: tag, lastModified: representation.lastModified), tag, relay)
            case 200: end(with: unreadable(status: 409))
            default: end(with: relay.reply)
            }
        }
    }

    private func judge(_ current: Preconditions.Selected, _ tag: EntityTag?, _ relay: RelayedAnswer) {
        if case .missing = current, exchange.method != .put { return end(with: relay.reply) }
        switch conditions.evaluate(isSafeRead: false, current: current) {
        case .failed(let step): refuse(tag, isPresent: step == .ifNoneMatch)
        case .perform, .notModified: if let tag { demandVersion(tag) } else { demandAbsence() }
        }
    }

    private func unreadable(status: Int) -> LocalReply {
        var report = ConflictReport(.unversioned, status: status)
        report.detail = "The current version of \(exchange.identity) could not be read, so nothing was written."
        report.retryAfter = status == 503 ? 1000 : nil
        return exchange.conflictReply(report)
    }

    // MARK: The answer

    override func answered(_ upstream: UpstreamConnection, body: [UInt8]) {
        exchange.status = upstream.head.status
        let finding = exchange.finding(in: upstream.head, body: body, isComplete: true)
        if isRefusal(upstream.head.status, finding) {
            if readings > 0, readings < Self.attempts { return resolve() }
            let names = exchange.answerNames(of: upstream.head)
            return refuseAfterReading(finding, RelayedAnswer(upstream.head, without: names, body: body, isWhole: true))
        }
        var reply = exchange.gatheredReply(upstream, body: body)
        let version = (try? JSONParser.parse(body)).flatMap(dialect.tag)
        if (200...299).contains(reply.status), let version {
            exchange.conflictLines += Array("Parley-Version: ".utf8) + exchange.shown(version).bytes + [13, 10]
        }
        // The upstream's own tag may not be the one that reads are given.
        reply.setTag(version, isAsSent: false)
        end(with: reply)
    }

    private func isRefusal(_ status: Int, _ finding: ConflictFinding?) -> Bool {
        guard status >= 400 else { return false }
        switch demand {
        case .version?: return UpstreamRefusal.isOfCondition(status: status, kind: finding?.kind)
        case .absence?: return UpstreamRefusal.isOfAbsence(status: status, kind: finding?.kind)
        case nil: return false
        }
    }

    /// Explains the upstream's refusal with one more read: who won, and what changed.
    private func refuseAfterReading(_ finding: ConflictFinding?, _ relay: RelayedAnswer) {
        let body = relay.body
        readResource { [unowned self] outcome in
            if case .answer(let representation, _)? = outcome, UpstreamRefusal.mayBeOther(finding?.kind),
                case .version(let named)? = demand, representation.version == named
            {
                // The version is still the one that was named, so the upstream meant something else.
                if let finding { exchange.note(finding, status: relay.status) }
                var reply = relay.reply
                reply.status = exchange.normalStatus ?? reply.status
                return end(with: reply)
            }
            guard case .answer(let representation, _)? = outcome, representation.isVersionable else {
                return refuse(nil, finding, body)
            }
            let subject = exchange.readSubject(for: conditions)
            let sighting = exchange.sighting(
                of: representation,
                query: subject?.query ?? [],
                accept: subject?.accept
            )
            guard let sighting, case .tags(let tags)? = conditions.ifMatch else {
                return refuse(representation.version, finding, body)
            }
            let question = exchange.changes(since: tags.map(\.bytes), to: sighting, writing: self.body)
            let bytes = representation.body.count + self.body.count
            exchange.loop.work(on: bytes, question) { [self] changes in
                refuse(representation.version, finding, body, changes: changes ?? ChangeReport())
            }
        }
    }

    private func refuse(
        _ current: EntityTag?,
        _ finding: ConflictFinding? = nil,
        _ upstream: [UInt8] = [],
        isPresent: Bool = false,
        changes: ChangeReport = ChangeReport()
    ) {
        var isPresent = isPresent
        if case .absence? = demand { isPresent = true }
        var report = ConflictReport(isPresent ? .alreadyExists : .staleVersion, status: 412)
        report.yourVersion = connection.head.namedVersion
        report.currentVersion = current?.text ?? finding?.currentVersion
        report.changes = changes
        report.detail =
            isPresent
            ? "There is something at \(exchange.identity) already."
            : "The version you named is not the current one of \(exchange.identity)."
        var reply = exchange.conflictReply(report)
        if !upstream.isEmpty {
            let isJSON = (try? JSONParser.parse(upstream)) != nil
            reply.problem?.upstream = isJSON ? .json(upstream) : .text(upstream)
        }
        end(with: reply)
    }
}
