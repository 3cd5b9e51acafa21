import Catalog
import ContentGuarding
import DataPlane
import LLMTranslation

extension ModelCall {
    /// Ends the call and reports it, once.
    func finish(_ outcome: CallOutcome, status: Int, fault: String?, _ counted: Counted? = nil) {
        guard phase != .over else { return }
        let counted = counted ?? bought ?? countedSoFar(outcome)
        leaveFlight(outcome)
        let now = call.loop.now
        let target = attempt?.candidate.target
        let report = CallReport(
            time: time,
            requestID: call.requestID,
            service: call.service,
            consumer: call.consumer,
            surface: request.operation.surface,
            operation: request.operation.name,
            // What clients make up must not fill the ledger with names.
            model: task.map { service.catalog.models[$0.model] == nil ? "unknown" : $0.model } ?? "unknown",
            provider: target?.provider.name,
            providerModel: target?.model,
            key: attempt?.key?.label,
            streamed: task?.streams ?? false,
            status: status,
            outcome: outcome,
            attempts: attempts,
            usage: counted.usage,
            isEstimated: counted.isEstimated,
            cost: counted.cost,
            currency: counted.currency,
            timeToFirstToken: firstByte == 0 ? nil : firstByte &- began,
            duration: now &- began,
            fault: fault.map { String($0.prefix(200)) },
            findings: findings
        )
        if let reservation {
            let tokens = Int64(clamping: counted.usage.total)
            service.shared.quotas.settle(reservation, money: counted.charge, tokens: tokens)
        }
        close()
        service.shared.record(report)
    }

    /// Counts and logs what guards found, without the texts themselves.
    func note(_ found: [ContentFinding], on direction: ContentGuard.Direction) {
        for tally in GuardTally.sums(of: found, on: direction) {
            findings.append(tally)
            call.loop.log(
                LogLine(
                    .info,
                    "guard matched",
                    [
                        ("request_id", call.requestID), ("guard", tally.rule), ("mode", tally.mode),
                        ("on", tally.direction), ("count", String(tally.count)),
                    ]
                )
            )
        }
    }

    /// What a call that was broken off has used: nothing before its first piece of output.
    private func countedSoFar(_ outcome: CallOutcome) -> Counted {
        guard let relay, let attempt, relay.textBytes > 0 || relay.usage.isKnown else { return .nothing }
        return Counted(of: relay, attempt, isWhole: relay.isWhole)
    }
}
