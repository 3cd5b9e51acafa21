import HTTPSemantics
import Testing

@Suite struct LockFieldTests {
    @Test("a Lock-Token field names one token between brackets")
    func lockToken() throws {
        let field = try LockTokenField(fieldLines: [bytes(" <urn:uuid:1>\t")])
        #expect(field.token.description == "urn:uuid:1")
        #expect(text(field.bytes) == "<urn:uuid:1>")
        #expect(LockTokenField(field.token) == field)
    }

    @Test(
        "anything else is no Lock-Token field",
        arguments: [
            [], [""], ["urn:a"], ["<urn:a"], ["<>"], ["</a>"], ["<urn:a> x"], ["<urn:a><urn:b>"], ["< urn:a>"],
            ["<urn:a>", "<urn:a>"],
        ] as [[String]]
    )
    func malformedLockToken(lines: [String]) {
        let fault = #expect(throws: LockFieldFault.self) { try LockTokenField(fieldLines: lines.map(bytes)) }
        #expect(fault?.field == .lockToken)
        #expect(fault?.summary.contains("Lock-Token") == true)
    }

    @Test("a lock has depth 0 or infinity, and infinity if nothing was said")
    func depth() throws {
        #expect(try DepthField.ofLock([]) == .infinity)
        #expect(try DepthField.ofLock([bytes("0")]) == .zero)
        #expect(try DepthField.ofLock([bytes(" Infinity ")]) == .infinity)
        #expect(try DepthField.read([bytes("1")]) == .one)
        #expect(try DepthField.read([]) == nil)
    }

    @Test(
        "depth 1, several depths and other values are refused",
        arguments: [
            (["1"], LockFieldFault.Reason.notForLocks), (["0", "0"], .severalFields), (["2"], .unknownValue),
            ([""], .unknownValue), (["infinite"], .unknownValue), (["00"], .unknownValue),
        ] as [([String], LockFieldFault.Reason)]
    )
    func malformedDepth(lines: [String], reason: LockFieldFault.Reason) {
        let fault = #expect(throws: LockFieldFault.self) { try DepthField.ofLock(lines.map(bytes)) }
        #expect(fault?.reason == reason)
        #expect(fault?.summary.contains("epth") == true)
    }

    @Test(
        "the first timeout that is understood counts, up to the cap",
        arguments: [
            (["Infinite, Second-4100000000"], 600), (["Second-100, Infinite"], 100), (["second-5"], 5), ([], 600),
            (["Second-0"], 1), (["Second-99999999999999999999999999"], 600), (["Extend-7, Second-9"], 9),
            (["Second-"], 600),
            (["Second--4"], 600), (["Second-1x"], 600), ([",,", "Second-7"], 7), (["nonsense"], 600),
        ] as [([String], Int64)]
    )
    func timeout(lines: [String], seconds: Int64) {
        #expect(TimeoutField(fieldLines: lines.map(bytes)).seconds(cappedAt: 600) == seconds)
    }

    @Test("timeouts keep their order, and large ones the largest value")
    func wishes() {
        let field = TimeoutField(fieldLines: [bytes("Infinite, Second-4100000000"), bytes("Second-4294967296")])
        #expect(field.wishes == [.infinite, .seconds(4_100_000_000), .seconds(.max)])
        let many = TimeoutField(fieldLines: [bytes(String(repeating: "Second-1,", count: 1000))])
        #expect(many.wishes.count <= 16)
        #expect(field.seconds(cappedAt: 0) == 1)
    }
}
