import Catalog
import ContentGuarding
import Testing

@testable import LLMGateway

@Suite struct GuardTallyTests {
    @Test func `findings are counted by rule and mode, in the order they were found`() throws {
        let rules = try ContentRules(
            compiling: [
                GuardSamples.rule(.format(.email)), GuardSamples.rule(.format(.email), .log),
                GuardSamples.rule(.keyword(["bluebird"]), .log, name: "projects"),
            ]
        )
        let found = rules.apply(to: "bluebird ada@example.com bob@example.com", .requests).findings
        let sums = GuardTally.sums(of: found, on: .requests)
        let wanted = [
            GuardTally(rule: "projects", mode: "log", direction: "requests", count: 1),
            GuardTally(rule: "email", mode: "mask", direction: "requests", count: 2),
            GuardTally(rule: "email", mode: "log", direction: "requests", count: 2),
        ]
        #expect(sums.count == wanted.count && wanted.allSatisfy(sums.contains))
        #expect(sums.first == wanted.first)
        #expect(GuardTally.sums(of: [], on: .answers) == [])
    }
}
