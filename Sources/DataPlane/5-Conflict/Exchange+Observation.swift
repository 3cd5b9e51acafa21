import Catalog
import ConflictEngine
import ContentCoding
import HTTPSemantics
import HTTPWire
import NIOCore
import StoragePorts

extension Exchange {
    /// Body bytes looked at before an answer that may be a conflict goes on (contract §4, level `observe`).
    private static let lookLimit = 16 * 1024
    /// Body bytes held when the answer may be replaced.
    static let replaceLimit = 64 * 1024

    /// Whether an answer of this status must be looked at before it goes on.
    func mustClassify(_ status: Int) -> Bool {
        guard status >= 400, let conflict = plan?.conflict else { return false }
        return conflict.classifier.inspects(status: status)
    }

    /// Holds the head until enough of the body is there.
    func holdForClassification() {
        guard let conflict = plan?.conflict else { return }
        let replaces = conflict.policy.explain == .replace
        hold = AnswerHold(
            limit: replaces ? Self.replaceLimit : Self.lookLimit,
            nanoseconds: 100_000_000,
            on: loop
        ) { [unowned self] in
            classifyHeldAnswer()
            answerReadComplete()
        }
    }

    /// Says what kind of conflict the held answer is, marks and journals it, and lets it go.
    func classifyHeldAnswer() {
        guard let hold, let upstream else { return }
        self.hold = nil
        hold.release()
        if let finding = finding(in: upstream.head, body: hold.bytes, isComplete: hold.isComplete) {
            if plan?.conflict?.policy.explain == .replace, hold.isComplete, hold.body.readableBytes < hold.limit {
                note(finding, status: upstream.head.status)
                let reply = replacement(for: upstream, body: hold.bytes, finding)
                self.upstream = nil
                targetReleased()
                return answer(reply)
            }
            note(finding, status: upstream.head.status)
        }
        writeAnswerHead(of: upstream)
        passOn(hold.body)
    }

    /// What the classifier makes of an answer and the first bytes of its body.
    func finding(in head: borrowing MessageHead, body: [UInt8], isComplete: Bool) -> ConflictFinding? {
        guard let conflict = plan?.conflict else { return nil }
        var fields: [(name: String, value: String)] = []
        for line in head.fields { fields.append((head.text(line.name).lowercased(), head.text(line.value))) }
        let plain = Self.decoded(body, as: head.text(of: .contentEncoding))
        let answer = ObservedAnswer(
            method: connection.head.text(connection.head.method),
            status: head.status,
            conditions: sentConditions,
            fields: fields,
            body: plain.bytes,
            bodyIsComplete: isComplete && plain.isComplete
        )
        return conflict.classifier.classify(answer)
    }

    /// Bytes of a body without their content coding, and whether that is all of them: a coding that is not known here
    /// leaves nothing to look into.
    private static func decoded(_ body: [UInt8], as name: String?) -> (bytes: [UInt8], isComplete: Bool) {
        guard let name else { return (body, true) }
        guard let coding = ContentCoding(fieldValue: name),
            let decoded = ContentDecoder.decode(body, coding: coding)
        else { return ([], false) }
        return (decoded.bytes, decoded.complete)
    }

    private var sentConditions: SentConditions {
        let head = connection.head.present
        let none = connection.head.slice(of: .ifNoneMatch)
        return SentConditions(
            ifMatch: head.has(.ifMatch),
            ifNoneMatch: head.has(.ifNoneMatch),
            ifNoneMatchAny: none.map { connection.head.equals($0, "*") } ?? false,
            ifUnmodifiedSince: head.has(.ifUnmodifiedSince),
            idempotencyKey: head.has(.idempotencyKey),
            lockToken: head.has(.davIf) || head.has(.lockToken)
        )
    }

    /// Marks the answer (unless `explain` is off) and journals the conflict.
    func note(_ finding: ConflictFinding, status: Int) {
        normalStatus = normalStatus(of: finding.kind, instead: status)
        var entry = journalEntry(finding.kind, status: normalStatus ?? status, origin: .upstream, outcome: .passed)
        entry.upstreamMessage = finding.message
        entry.currentVersion = finding.currentVersion
        entry.yourVersion = connection.head.namedVersion(.ifMatch)
        record(entry)
        guard plan?.conflict?.policy.explain != .off else { return }
        conflictLines += ConflictLines.mark(finding.kind, id: entry.id, origin: "upstream")
    }

    /// The status that a conflict of the upstream gets where the policy normalises; `nil` to leave it.
    private func normalStatus(of kind: ConflictKind, instead status: Int) -> Int? {
        guard plan?.conflict?.policy.normalises == true, let proper = kind.normalStatus else { return nil }
        // A condition that the client sent makes it 412 (RFC 9110 §15.5.13).
        let wanted = kind == .alreadyExists && sentConditions.ifNoneMatchAny ? 412 : proper
        return wanted == status ? nil : wanted
    }

    /// A problem document that holds the upstream's body.
    func replacement(
        for upstream: UpstreamConnection,
        body: [UInt8],
        _ finding: ConflictFinding
    ) -> LocalReply {
        let policy = plan?.conflict?.policy
        let words = MessageWords(
            resource: String(decoding: resourcePath, as: UTF8.self),
            yourVersion: connection.head.namedVersion(.ifMatch),
            currentVersion: finding.currentVersion,
            consumer: nil,
            upstreamDetail: finding.message
        )
        let text = words.text(
            for: finding.kind,
            policy: policy,
            fallback: finding.message ?? finding.kind.defaultDetail
        )
        var problem = ProblemDocument(
            kind: finding.kind.rawValue,
            title: text.title,
            status: normalStatus ?? upstream.head.status,
            detail: text.detail,
            origin: .upstream
        )
        let retryable = finding.kind.isRetryable(
            status: upstream.head.status,
            retryAfterKnown: finding.retryAfterSeconds != nil
        )
        var conflict = ProblemConflict(
            resource: words.resource,
            isRetryable: retryable,
            retryAfterMilliseconds: finding.retryAfterSeconds.map { Int64($0) * 1000 }
        )
        conflict.yourVersion = words.yourVersion
        conflict.currentVersion = finding.currentVersion
        conflict.resolutions = Resolutions.of(finding.kind, path: pathText, resource: words.resource)
        problem.conflict = conflict
        let plain = Self.decoded(body, as: upstream.head.text(of: .contentEncoding))
        if plain.isComplete {
            problem.upstream = (try? JSONParser.parse(plain.bytes)) != nil ? .json(plain.bytes) : .text(plain.bytes)
        }
        var lines: [UInt8] = []
        for line in upstream.head.fields where line.id == .retryAfter || line.id == .etag {
            lines += upstream.head.copy(line.name) + [58, 32] + upstream.head.copy(line.value) + [13, 10]
        }
        return LocalReply(problem, lines: lines)
    }
}
