import NIOCore
import Synchronization
import TestKit

/// Storms of duplicates: several clients send the same request under the same key at once, and again.
///
/// Some come as another principal with the same key, some with another body, some go away before the answer.
struct DuplicateStorms: Sendable {
    /// What came of it.
    struct Findings: Sendable {
        /// The history of each key.
        var histories: [KeyedHistory] = []
        /// How many calls there were, by what came of them.
        var outcomes: [String: Int] = [:]

        /// One line for the log of a long run.
        var summary: String {
            let counts = outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            let executions = histories.reduce(0) { $0 + $1.executions.count }
            let applied = histories.reduce(0) { $0 + $1.executions.count { $0.applied != nil } }
            return "\(counts); \(histories.count) keys, \(executions) executions, \(applied) applied"
        }
    }

    /// Where chance begins.
    let seed: UInt64
    /// How many storms: keys, each with some seven calls.
    let storms: Int
    /// The target of the calls.
    let target: String
    /// The share of calls whose sender leaves.
    var disconnects = 0.05
    private static let tables = ProveScale.isLong ? 48 : 16
    private static let seats = 4

    /// Lets the clients of all tables work.
    func run(through gateway: GatewayUnderTest, onto upstream: FaultyUpstream) async throws -> Findings {
        let numbers = Numbers()
        var calls = await withTaskGroup(of: [KeyedCall].self) { group in
            for table in 0..<Self.tables {
                let meeting = Meeting(Self.seats)
                for seat in 0..<Self.seats {
                    group.addTask { await sit(at: table, seat, meeting, numbers, gateway) }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        // What was in flight in the end may still take effect; here time itself is what is watched.
        try await Task.sleep(for: .milliseconds(2_000))
        calls.sort { $0.number < $1.number }
        return findings(calls, upstream.executions)
    }

    private func sit(
        at table: Int,
        _ seat: Int,
        _ meeting: Meeting,
        _ numbers: Numbers,
        _ gateway: GatewayUnderTest
    ) async -> [KeyedCall] {
        var client = KeyedClient(to: gateway, target: target)
        let chance = SeededGenerator(seed: seed).fork(UInt64(table * Self.seats + seat))
        for round in 0..<rounds {
            var random = chance.fork(UInt64(round))
            let wish = wish("\(seed)-\(table)-\(round)", &random)
            await meeting.arrive()
            await client.send(wish, as: numbers.next())
            await meeting.arrive()
            var again = wish
            again.leaves = false
            if random.happens(0.75) { await client.send(again, as: numbers.next()) }
        }
        return client.calls
    }

    private var rounds: Int { (storms + Self.tables - 1) / Self.tables }

    private func wish(_ key: String, _ random: inout SeededGenerator) -> KeyedClient.Wish {
        KeyedClient.Wish(
            principal: random.happens(0.2) ? "Basic bob" : "Basic alice",
            key: key,
            body: random.happens(0.1) ? #"{"n":2}"# : #"{"n":1}"#,
            leaves: random.happens(disconnects)
        )
    }

    private func findings(_ calls: [KeyedCall], _ executions: [UpstreamExecution]) -> Findings {
        var findings = Findings()
        let called = Dictionary(grouping: calls) { $0.slot.key }
        let executed = Dictionary(grouping: executions) { $0.slot.key }
        for key in Set(called.keys).union(executed.keys).sorted() where key.hasPrefix("\(seed)-") {
            findings.histories.append(KeyedHistory(calls: called[key] ?? [], executions: executed[key] ?? []))
        }
        for call in calls { findings.outcomes[call.outcome.name, default: 0] += 1 }
        return findings
    }
}

extension DuplicateStorms {
    /// Numbers for calls, from 1 on.
    private final class Numbers: Sendable {
        private let last = Atomic<Int>(0)

        func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
    }
}

extension KeyedCall.Outcome {
    /// What came back, in a word.
    fileprivate var name: String {
        switch self {
        case .reply(let reply): reply.isReplay ? "replayed" : "\(reply.status)"
        case .inFlight: "in flight"
        case .keyReused: "reused"
        case .outcomeUnknown: "in doubt"
        case .failed(let claim): "failed \(claim.rawValue)"
        case .unavailable: "unavailable"
        case .lost: "lost"
        }
    }
}
