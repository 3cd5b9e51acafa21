import ConflictEngine
import HTTPSemantics
import Testing

struct JSONPatchLimitsTests {
    private func fault(
        _ document: JSONValue,
        _ patch: JSONValue,
        _ limits: JSONPatchLimits = JSONPatchLimits()
    ) -> JSONPatchFault? {
        #expect(throws: JSONPatchFault.self) { try JSONPatch(patch).apply(to: document, limits: limits) }
    }

    private func copies(_ from: String, _ path: String, count: Int) -> JSONValue {
        .array(Array(repeating: ["op": "copy", "from": .string(from), "path": .string(path)], count: count))
    }

    @Test func `copies that double a document end at the limit of its size`() {
        let fault = fault(["a": ["0123456789"]], copies("/a", "/a/-", count: 200), JSONPatchLimits(bytes: 100_000))
        #expect(fault?.reason == .tooLarge)
        #expect(fault?.verdict == .exceedsLimits)
        #expect((fault?.operation ?? 0) < 20)
    }

    @Test func `copies that deepen a document end at the limit of its depth`() {
        let patch = JSONValue.array(
            (0..<20).flatMap { _ -> [JSONValue] in
                [
                    ["op": "copy", "from": "/a", "path": "/b"],
                    ["op": "add", "path": "/a", "value": ["x": 1]],
                    ["op": "move", "from": "/b", "path": "/a/x"],
                ]
            }
        )
        #expect(fault(["a": [:]], patch, JSONPatchLimits(depth: 10))?.reason == .tooDeep)
        let wrapping = copies("", "/a", count: 300)
        #expect(fault([:], wrapping)?.reason == .tooDeep)
    }

    @Test func `doubling the depth with each copy ends early`() throws {
        var deep: JSONValue = [:]
        for _ in 0..<100 { deep = ["a": deep] }
        let path = String(repeating: "/a", count: 100)
        let patch: JSONValue = [
            ["op": "copy", "from": "/a", "path": .string(path + "/b")],
            ["op": "copy", "from": "/a", "path": .string(path + "/b" + path.dropLast(2) + "/c")],
        ]
        #expect(fault(deep, patch)?.reason == .tooDeep)
        #expect(throws: Never.self) { try JSONPatch(patch).apply(to: deep, limits: JSONPatchLimits(depth: 512)) }
    }

    @Test func `operations that move much again and again end at the limit of the work`() {
        let big = JSONValue.array((0..<1_000).map { .number(JSONNumber($0)) })
        let there: JSONValue = ["op": "move", "from": "/a", "path": "/b"]
        let back: JSONValue = ["op": "move", "from": "/b", "path": "/a"]
        let patch = JSONValue.array((0..<1_000).flatMap { _ in [there, back] })
        #expect(fault(["a": big], patch, JSONPatchLimits(work: 100_000))?.reason == .tooMuchWork)
    }

    @Test func `comparing a number of many digits again and again ends at the limit of the work`() throws {
        let number = try json(String(repeating: "7", count: 100_000))
        let patch = JSONValue.array(Array(repeating: ["op": "test", "path": "", "value": number], count: 1_000))
        #expect(fault(number, patch, JSONPatchLimits(work: 100_000))?.reason == .tooMuchWork)
    }

    @Test func `a document beyond the limit may shrink, but not grow`() throws {
        let document: JSONValue = ["a": "0123456789", "b": "0123456789"]
        let limits = JSONPatchLimits(bytes: 10)
        let shrinking = try JSONPatch([["op": "remove", "path": "/a"], ["op": "replace", "path": "/b", "value": 1]])
        #expect(try shrinking.apply(to: document, limits: limits) == ["b": 1])
        #expect(fault(document, [["op": "add", "path": "/c", "value": 1]], limits)?.reason == .tooLarge)
    }

    @Test func `replacing a value many times does not count as growing`() throws {
        let patch = JSONValue.array(
            (0..<5_000).map { ["op": "add", "path": "/a", "value": ["n": .number(JSONNumber($0))]] }
        )
        let result = try JSONPatch(patch).apply(to: ["a": 1], limits: JSONPatchLimits(bytes: 50))
        #expect(result["a"]?["n"]?.integer == 4_999)
    }

    @Test func `many operations on a large array take no more than their number`() throws {
        let patch = JSONValue.array(
            (0..<20_000).map { ["op": "add", "path": "/l/-", "value": .number(JSONNumber($0))] }
        )
        let result = try JSONPatch(patch).apply(to: ["l": .array((0..<20_000).map { .number(JSONNumber($0)) })])
        #expect(result["l"]?.array?.count == 40_000)
    }

    @Test func `a pointer longer than any document misses its place`() {
        let far = JSONValue.string(String(repeating: "/a", count: 100_000))
        #expect(fault(["a": ["a": 1]], [["op": "remove", "path": far]])?.reason == .placeIsNoContainer)
        #expect(fault([:], [["op": "test", "path": far, "value": 1]])?.reason == .valueMissing)
    }
}
