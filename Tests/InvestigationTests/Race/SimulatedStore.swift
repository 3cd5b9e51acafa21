import Investigation
import TestKit

/// A store that knows which writes it lost, and the history of a race on it.
struct SimulatedStore {
    /// How a store treats writes that were made from an old version.
    enum Behaviour: CaseIterable {
        /// Refuses them.
        case checked
        /// Applies them over what is there.
        case unchecked
        /// Compares at once and applies later, so that writes of one round pass together.
        case racy
        /// Adds what is new in them to what is there.
        case merging
    }

    /// What really happened.
    struct Truth {
        /// Acknowledged writes whose mark is not in the store at the end.
        var lost = 0
        /// Acknowledged writes.
        var acknowledged = 0
    }

    private let behaviour: Behaviour
    private let counts: Bool
    private let doubt: Double
    private var chance: SeededGenerator
    private var contents: Set<String> = []
    private var number = 0
    private var version = 1
    private var clock: UInt64 = 0
    private var marks = 0

    /// A store of a behaviour.
    ///
    /// With `counts` the field is a number. `doubt` is the share of writes without an answer.
    init(_ behaviour: Behaviour, counts: Bool, doubt: Double, seed: UInt64) {
        (self.behaviour, self.counts, self.doubt) = (behaviour, counts, doubt)
        chance = SeededGenerator(seed: seed)
    }

    /// Races `writers` writers for `rounds` rounds.
    mutating func race(writers: Int, rounds: Int) -> (history: RaceHistory, truth: Truth) {
        var history = RaceHistory()
        var acknowledged: Set<String> = []
        for _ in 0..<rounds {
            let bases = (0..<writers).map { read($0) }
            var attempts = bases.map { RaceHistory.Attempt(read: $0) }
            let startVersion = version
            for writer in (0..<writers).shuffled(using: &chance) {
                let write = write(writer, from: bases[writer], roundBegan: startVersion)
                if write.outcome == .done, let mark = write.mark { acknowledged.insert(mark) }
                attempts[writer].write = counts ? withoutMark(write) : write
            }
            history.rounds.append(RaceHistory.Round(attempts))
        }
        history.lastReads = [read(0)]
        let lost = acknowledged.subtracting(contents).count
        return (history, Truth(lost: lost, acknowledged: acknowledged.count))
    }

    private func withoutMark(_ write: RaceOperation) -> RaceOperation {
        var write = write
        write.mark = nil
        return write
    }

    private mutating func tick() -> UInt64 {
        clock += 1
        return clock
    }

    private mutating func read(_ writer: Int) -> RaceOperation {
        RaceOperation(
            writer: writer,
            method: "GET",
            began: tick(),
            ended: tick(),
            status: 200,
            tag: "\"\(version)\"",
            field: counts ? .count(number) : .marks(contents),
            outcome: .done
        )
    }

    private mutating func write(_ writer: Int, from base: RaceOperation, roundBegan: Int) -> RaceOperation {
        marks += 1
        let mark = "race-\(marks)"
        let began = tick()
        let isUnanswered = Double.random(in: 0..<1, using: &chance) < doubt
        let isApplied = !isUnanswered || Bool.random(using: &chance)
        var status: Int? = isUnanswered ? nil : 200
        var outcome: RaceOperation.Outcome = isUnanswered ? .unknown : .done
        let isCurrent = base.tag == "\"\(behaviour == .racy ? roundBegan : version)\""
        if behaviour == .checked || behaviour == .racy, !isCurrent {
            if !isUnanswered { (status, outcome) = (412, .refused) }
        } else if isApplied {
            apply(mark, from: base)
        }
        let field: FieldSight =
            switch base.field {
            case .count(let count): .count(count + 1)
            case .marks(let marks): .marks(marks.union([mark]))
            case nil: .count(0)
            }
        let tag = outcome == .done ? "\"\(version)\"" : nil
        return RaceOperation(
            writer: writer,
            method: "PUT",
            condition: base.tag,
            began: began,
            ended: tick(),
            status: status,
            tag: tag,
            field: field,
            mark: mark,
            outcome: outcome
        )
    }

    /// Keeps the set of marks beside the number, so that the truth is known for numbers too.
    private mutating func apply(_ mark: String, from base: RaceOperation) {
        version += 1
        switch base.field {
        case .count(let count) where behaviour != .merging:
            seen[count + 1] = (seen[count] ?? []).union([mark])
            (number, contents) = (count + 1, seen[count + 1] ?? [])
        case .marks(let marks) where behaviour != .merging: contents = marks.union([mark])
        default:
            contents.insert(mark)
            number += 1
        }
    }

    /// The marks that stand behind each number, of the last write that made it.
    private var seen: [Int: Set<String>] = [:]
}
