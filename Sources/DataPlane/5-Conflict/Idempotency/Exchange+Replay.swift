import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import StoragePorts

extension Exchange {
    /// Answers a request that is not to be carried out.
    func obey(_ ruling: KeyRuling, _ plan: IdempotencyPlan) {
        versioning?.cancel()
        versioning = nil
        switch ruling {
        case .go: break
        case .replay(let answer): replay(answer, plan)
        case .running: refuseDuplicate(plan)
        case .reused: refuseReusedKey(plan)
        case .uncertain(let time): refuseUncertainKey(plan, begunAt: time)
        case .spent(let time): refuseSpentKey(plan, completedAt: time)
        case .unavailable: refuseForWantOfLedger()
        }
    }

    /// Refuses a request of which nobody can tell whether it is a retry; why is for the log alone.
    private func refuseForWantOfLedger() {
        answer(
            .unavailable(
                .overloaded,
                "The ledger that keeps retries from being carried out twice cannot be used at the moment, so nothing was "
                    + "done. Send the same request again later."
            )
        )
    }

    /// Answers a retry as the first request was answered.
    func replay(_ answer: KeptAnswer, _ plan: IdempotencyPlan) {
        guard let body = answer.body else {
            return answerKeyConflict(
                .outcomeUnknown,
                "The request under this \(plan.policy.header) was carried out and answered with \(answer.status); that "
                    + "answer was too long to keep. Read the resource instead of sending the request again."
            )
        }
        record(journalEntry(.duplicateInFlight, status: answer.status, origin: .gateway, outcome: .replayed))
        let lines = answer.lines + LocalReply.line("Idempotent-Replayed", "true")
        self.answer(LocalReply(status: answer.status, lines: lines, body: body))
    }

    /// Refuses a retry while the first request is being carried out.
    private func refuseDuplicate(_ plan: IdempotencyPlan) {
        answerKeyConflict(
            .duplicateInFlight,
            "The first request with this \(plan.policy.header) is still being carried out; send the same request "
                + "again in a moment to get its answer.",
            retryAfter: 1000
        )
    }

    /// Refuses a request whose key belongs to another one.
    private func refuseReusedKey(_ plan: IdempotencyPlan) {
        answerKeyConflict(
            .keyReused,
            "This \(plan.policy.header) belongs to a request with another method, target or body; nothing was done. "
                + "Use a new key for a new request."
        )
    }

    /// Refuses a retry of a request whose outcome nobody knows.
    private func refuseUncertainKey(_ plan: IdempotencyPlan, begunAt time: Int64) {
        answerKeyConflict(
            .outcomeUnknown,
            "The request under this \(plan.policy.header) was begun at \(RFC3339.text(milliseconds: time)), and its "
                + "outcome is unknown: it may have taken effect. Read the resource before you send it under another key."
        )
    }

    /// Refuses a retry of a request whose answer is no longer kept.
    private func refuseSpentKey(_ plan: IdempotencyPlan, completedAt time: Int64) {
        answerKeyConflict(
            .outcomeUnknown,
            "The request under this \(plan.policy.header) was carried out at \(RFC3339.text(milliseconds: time)); its "
                + "answer is no longer kept, and it is not carried out again. Read the resource instead."
        )
    }

    private func answerKeyConflict(_ kind: ConflictKind, _ detail: String, retryAfter: Int64? = nil) {
        var report = ConflictReport(kind)
        report.detail = detail
        report.retryAfter = retryAfter
        answer(conflictReply(report))
    }

    /// Says in an answer, and in the journal, that nobody knows whether the request took effect.
    func noteUncertainty(_ reply: inout LocalReply) {
        let entry = journalEntry(.outcomeUnknown, status: reply.status, origin: .gateway, outcome: .passed)
        record(entry)
        guard reply.problem != nil, reply.problem?.outcome == nil else { return }
        reply.problem?.outcome = "unknown"
        reply.problem?.detail += " Whether the request took effect is not known; under its key it is not sent again."
    }

    /// What is kept of an answer for retries: all but what belongs to the moment or to one connection.
    func kept(_ reply: LocalReply, limit: Int) -> KeptAnswer {
        let body = body(of: reply)
        var lines = reply.lines + conflictLines
        if reply.problem != nil { lines += LocalReply.line("Content-Type", "application/problem+json") }
        return KeptAnswer(
            status: reply.status,
            lines: LocalReply.without(Self.ofTheMoment, lines),
            body: body.count <= limit ? body : nil
        )
    }

    private static let ofTheMoment: Set<[UInt8]> = Set(
        [
            "set-cookie", "set-cookie2", "date", "age", "via", "ratelimit", "ratelimit-policy", "retry-after",
            "x-request-id", "connection", "keep-alive", "idempotent-replayed",
        ].map { Array($0.utf8) }
    )
}
