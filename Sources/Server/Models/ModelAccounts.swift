import ConsoleBasics
import DataPlane
import HTTPSemantics
import LLMGateway
import LLMTranslation
import StoragePorts
import Synchronization

/// Takes in what is counted of calls of models: the ledger gets each, the metrics their sums.
final class ModelAccounts: Sendable {
    private struct Key: Hashable {
        let operation, provider, model: String
    }

    private struct GuardKey: Hashable {
        let name, mode, direction: String
    }

    private struct State {
        var metrics: [Key: ModelMetrics] = [:]
        var guards: [GuardKey: UInt64] = [:]
        // Identifiers need no secrecy, and a call of the kernel for each would be felt.
        var random = FastRandom()
    }

    private let ledger: any UsageRecording
    private let state = Mutex(State())

    /// Accounts that write to a ledger.
    init(_ ledger: any UsageRecording) { self.ledger = ledger }

    /// The sums so far, by name.
    var metrics: [ModelMetrics] {
        state.withLock { Array($0.metrics.values) }
            .sorted { ($0.model, $0.provider, $0.operation) < ($1.model, $1.provider, $1.operation) }
    }

    /// What guards found so far, by name.
    var guards: [GuardCount] {
        state.withLock { state in
            state.guards.map { GuardCount(name: $0.name, mode: $0.mode, direction: $0.direction, count: $1) }
        }
        .sorted { ($0.name, $0.mode, $0.direction) < ($1.name, $1.mode, $1.direction) }
    }

    /// Takes in a call that is over; quick, on the call's own loop.
    func take(_ report: CallReport) {
        let identifier = state.withLock { state in
            add(report, to: &state.metrics)
            for found in report.findings {
                let key = GuardKey(name: found.rule, mode: found.mode, direction: found.direction)
                state.guards[key, default: 0] &+= UInt64(max(0, found.count))
            }
            return UUIDv7.bytes(
                milliseconds: report.time,
                random: (UInt16.random(in: 0...UInt16.max, using: &state.random), state.random.next())
            )
        }
        ledger.append([record(of: report, identifier)], windows: [])
    }

    private func add(_ report: CallReport, to metrics: inout [Key: ModelMetrics]) {
        let provider = report.provider ?? ""
        let key = Key(operation: report.operation, provider: provider, model: report.model)
        let fresh = { ModelMetrics(operation: report.operation, provider: provider, model: report.model) }
        // Changed in their place: copies would cost more than the counting.
        metrics[key, default: fresh()].add(report)
    }

    private func record(of report: CallReport, _ identifier: [UInt8]) -> ModelCallRecord {
        var record = ModelCallRecord(
            id: String(decoding: identifier, as: UTF8.self),
            time: report.time,
            service: report.service,
            surface: report.surface,
            operation: report.operation,
            model: report.model,
            outcome: ModelCallRecord.Outcome(rawValue: report.outcome.rawValue) ?? .failed
        )
        record.requestID = report.requestID
        record.consumer = report.consumer
        record.provider = report.provider
        record.providerModel = report.providerModel
        record.key = report.key
        record.streamed = report.streamed
        record.status = report.status
        record.attempts = report.attempts
        record.tokens = TokenCounts(
            inputFresh: report.usage.inputFresh,
            cacheRead: report.usage.cacheRead,
            cacheWrite: report.usage.cacheWrite,
            cacheWriteHour: report.usage.cacheWriteHour,
            outputText: report.usage.outputText,
            outputReasoning: report.usage.outputReasoning
        )
        record.isEstimated = report.isEstimated
        record.cost = report.cost
        record.currency = report.cost == nil ? nil : report.currency
        record.timeToFirstToken = report.timeToFirstToken.map { Int(clamping: $0 / 1000) }
        record.duration = Int(clamping: report.duration / 1000)
        record.fault = report.fault
        return record
    }
}
