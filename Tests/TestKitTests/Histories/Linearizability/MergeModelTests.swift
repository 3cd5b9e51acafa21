import TestKit
import Testing

/// Merges by hand: what is kept, what adds up, and what cannot be kept.
struct MergeModelTests {
    private let model = MergeModel(
        initial: ["n": 5, "a": 1, "b": 1, "from": 1, "to": 2],
        counters: ["n"],
        groups: [["from", "to"]]
    )
    private let base = ["n": 5, "a": 1, "b": 1, "from": 1, "to": 2]

    private func with(_ changes: [String: Int?]) -> [String: Int] {
        changes.reduce(into: base) { $0[$1.key] = $1.value }
    }

    private func merge(_ mine: [String: Int?], _ theirs: [String: Int?]) -> (
        result: [String: Int], overlap: Set<String>
    ) {
        model.merge(base: base, mine: with(mine), theirs: with(theirs))
    }

    @Test func `fields that one side changed are kept`() {
        #expect(merge(["a": 2], ["b": 3]) == (with(["a": 2, "b": 3]), []))
        #expect(merge(["a": 2], [:]) == (with(["a": 2]), []))
        #expect(merge(["c": 2], ["a": nil]) == (with(["c": 2, "a": nil]), []))
    }

    @Test func `the same change is no conflict, and another is`() {
        #expect(merge(["a": 2], ["a": 2]) == (with(["a": 2]), []))
        #expect(merge(["a": 2], ["a": 3]).overlap == ["a"])
        #expect(merge(["a": nil], ["a": 3]).overlap == ["a"])
        #expect(merge(["c": 1], ["c": 2]).overlap == ["c"])
    }

    @Test func `counters add up, also where both count alike`() {
        #expect(merge(["n": 6], ["n": 8]) == (with(["n": 9]), []))
        #expect(merge(["n": 6], ["n": 6]) == (with(["n": 7]), []))
        #expect(merge(["n": nil], ["n": 6]).overlap == ["n"])
        #expect(merge(["n": .max], ["n": .max]).overlap == [])
    }

    @Test func `of a group only one side changes anything`() {
        #expect(merge(["from": 3], ["to": 9]).overlap == ["from", "to"])
        #expect(merge(["from": 3, "to": 9], ["from": 3, "to": 9]).overlap == [])
        #expect(merge(["from": 3, "to": 9], ["a": 2]).overlap == [])
    }

    private func holds(_ operations: (MergeModel.Operation, MergeModel.Answer?, ClosedRange<UInt64>)...) -> Bool {
        let timed = operations.map { operation, answer, times in
            let unanswered = TimedOperation<MergeModel>(unanswered: operation, invoked: times.lowerBound)
            return answer.map { answer in
                TimedOperation<MergeModel>(
                    operation,
                    answering: answer,
                    invoked: times.lowerBound,
                    completed: times.upperBound
                )
            } ?? unanswered
        }
        return LinearizabilitySearch(model, timed).run().isLinearizable
    }

    @Test func `two counts make two, in whatever order`() {
        let count = MergeModel.Operation.merge(base: base, mine: with(["n": 6]))
        #expect(holds((count, .done(nil), 1...9), (count, .done(nil), 2...8), (.read, .saw(with(["n": 7])), 10...11)))
        #expect(!holds((count, .done(nil), 1...9), (count, .done(nil), 2...8), (.read, .saw(with(["n": 6])), 10...11)))
        #expect(holds((count, .done(with(["n": 7])), 1...9), (count, .done(with(["n": 6])), 2...8)))
        #expect(!holds((count, .done(with(["n": 6])), 1...9), (count, .done(with(["n": 6])), 2...8)))
        #expect(holds((count, nil, 1...9), (.read, .saw(with(["n": 6])), 20...21)))
        #expect(holds((count, nil, 1...9), (.read, .saw(base), 20...21)))
        #expect(holds((count, .noEffect, 1...9), (.read, .saw(base), 20...21)))
    }

    @Test func `a refusal names exactly what overlaps`() {
        let one = MergeModel.Operation.merge(base: base, mine: with(["a": 2]))
        let other = MergeModel.Operation.merge(base: base, mine: with(["a": 3]))
        #expect(holds((one, .done(nil), 1...2), (other, .refused(overlap: ["a"]), 3...4)))
        #expect(!holds((one, .done(nil), 1...2), (other, .refused(overlap: ["b"]), 3...4)))
        #expect(!holds((one, .done(nil), 1...2), (other, .done(nil), 3...4)))
        #expect(!holds((other, .refused(overlap: ["a"]), 3...4)))
        #expect(!holds((other, .refused(overlap: []), 3...4)))
        #expect(holds((one, .done(nil), 1...2), (other, .refused(overlap: nil), 3...4)))
        #expect(!holds((other, .refused(overlap: nil), 3...4)))
    }

    @Test func `a replacement asks nobody`() {
        #expect(holds((.replace(["x": 1]), .done(["x": 1]), 1...2), (.read, .saw(["x": 1]), 3...4)))
        #expect(!holds((.replace(["x": 1]), .done(["x": 2]), 1...2)))
        #expect(!holds((.replace(["x": 1]), .refused(overlap: nil), 1...2)))
        #expect(holds((.replace(["x": 1]), nil, 1...2), (.read, .saw(["x": 1]), 3...4)))
    }
}
