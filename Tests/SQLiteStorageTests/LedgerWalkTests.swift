import ConflictEngine
import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

/// Random calls, made without waiting, to the ledger in a file and to the one without a disk: both must say the same.
struct LedgerWalkTests {
    /// One call.
    private enum Call {
        case begin(IdempotencyClaim)
        case settle(IdempotencyScope, fence: Int64, IdempotencySettlement)
        case renew(IdempotencyScope, fence: Int64, until: Int64)
        case prune(at: Int64, limit: Int)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `says the same as the ledger without a disk`(seed: UInt64) async throws {
        var chance = WalkChance(seed: seed)
        let model = InMemoryIdempotencyLedger(capacity: 9)
        var calls: [Call] = []
        var expected: [String] = []
        var fences: [Int64] = [0]
        for _ in 0..<3_000 {
            let call = try call(fences, using: &chance)
            calls.append(call)
            let word = await answers(to: [call], by: model)[0]
            expected.append(word)
            if case .begin = call, let fence = word.split(separator: ": ").last?.dropLast(), let number = Int64(fence),
                word.hasPrefix("begun")
            {
                fences.append(number)
            }
        }
        let place = try LedgerFolder()
        let answers = await answers(to: calls, by: try place.ledger(capacity: 9))
        for (index, pair) in zip(answers, expected).enumerated() {
            try #require(pair.0 == pair.1, "call \(index): \(calls[index])")
        }
        let words = expected.joined(separator: "\n")
        for word in ["begun", "running", "completed", "spent", "uncertain", "keyReused", "diskFull", "true", "false"] {
            #expect(words.contains(word), "the walk never met \(word)")
        }
    }

    private func answers(to calls: [Call], by ledger: some IdempotencyLedger) async -> [String] {
        let tally = LedgerTally(calls.count)
        for (number, call) in calls.enumerated() {
            switch call {
            case .begin(let claim): ledger.begin(claim) { tally.note(number, Self.word($0)) }
            case .settle(let scope, let fence, let settlement):
                ledger.settle(scope, fence: fence, as: settlement) { tally.note(number, Self.word($0)) }
            case .renew(let scope, let fence, let end):
                ledger.renew(scope, fence: fence, until: end) { tally.note(number, Self.word($0)) }
            case .prune(let time, let limit): ledger.prune(at: time, limit: limit) { tally.note(number, Self.word($0)) }
            }
        }
        return await tally.words()
    }

    /// Faults by their code: their texts may differ.
    private static func word(_ result: Result<some Any, StoreError>) -> String {
        switch result {
        case .success(let value): "\(value)"
        case .failure(let fault): "\(fault.code)"
        }
    }

    private func call(_ fences: [Int64], using chance: inout WalkChance) throws -> Call {
        let number = Int.random(in: 0..<12, using: &chance)
        let scope = try IdempotencyClaim.sample(number).scope
        let time = Int64.random(in: 0..<300, using: &chance)
        // Keys and numbers are drawn apart: many calls are stale or of another key, as late calls are.
        let fence = fences.suffix(14).randomElement(using: &chance) ?? 0
        switch Int.random(in: 0..<20, using: &chance) {
        case 0..<7:
            let body = Int.random(in: 0..<5, using: &chance) == 0 ? "b" : "a"
            return .begin(try .sample(number, body: body, at: time, leaseEnd: time + 60))
        case 7..<9: return .renew(scope, fence: fence, until: time + 60)
        case 9: return .prune(at: time, limit: Bool.random(using: &chance) ? 0 : 1_000)
        default: return .settle(scope, fence: fence, settlement(at: time, using: &chance))
        }
    }

    private func settlement(at time: Int64, using chance: inout WalkChance) -> IdempotencySettlement {
        switch Int.random(in: 0..<5, using: &chance) {
        case 0..<2: .notApplied
        case 2: .uncertain
        default:
            .completed(
                KeptAnswer(status: 200, lines: [], body: [UInt8.random(in: .min ... .max, using: &chance)]),
                at: time,
                keptUntil: time + 50,
                rememberedUntil: time + 120
            )
        }
    }
}

/// Chance that repeats itself (SplitMix64).
private struct WalkChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
