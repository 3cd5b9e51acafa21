import ConflictEngine
import Testing

struct GatewayProblemKindTests {
    @Test(arguments: [
        ("no-route", 404), ("method-not-allowed", 405), ("bad-request", 400), ("uri-too-long", 414),
        ("headers-too-large", 431), ("body-too-large", 413), ("range-not-satisfiable", 416), ("unauthenticated", 401),
        ("forbidden", 403), ("rate-limited", 429), ("upstream-unreachable", 502), ("upstream-protocol", 502),
        ("upstream-timeout", 504), ("not-implemented", 501), ("overloaded", 503), ("draining", 503),
        ("content-refused", 400), ("budget-exceeded", 402), ("model-failed", 502), ("model-refused", 502),
        ("output-mismatch", 502),
    ])
    func `every kind of the contract has its status`(name: String, status: Int) {
        #expect(GatewayProblemKind(rawValue: name)?.status == status)
    }

    @Test func `there are no others, and none has the name of a conflict`() {
        #expect(GatewayProblemKind.allCases.count == 21)
        #expect(GatewayProblemKind.allCases.allSatisfy { ConflictKind(rawValue: $0.rawValue) == nil })
    }

    @Test func `the type leads to the page`() {
        #expect(GatewayProblemKind.noRoute.problemPath == "/.well-known/parley/problems/no-route")
    }
}
