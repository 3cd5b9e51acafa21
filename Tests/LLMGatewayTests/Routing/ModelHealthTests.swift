import Testing

@testable import LLMGateway

@Suite struct ModelHealthTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func `three failures in a row make it rest, longer each time, never longer than 160 s`() {
        let health = ModelHealth()
        health.failed("503", now: 7)
        health.failed("503", now: 7)
        #expect(!health.rests(now: 7))
        var now: UInt64 = 7
        for seconds: UInt64 in [5, 10, 20, 40, 80, 160, 160, 160] {
            health.failed("503", now: now)
            let end = now + seconds * Self.second
            #expect(health.restsUntil == end)
            #expect(health.rests(now: end - 1) && !health.rests(now: end))
            now = end
        }
        #expect(health.status.failures == 10 && health.status.calls == 10 && health.status.lastFailure == "503")
    }

    @Test func `failures of calls that were under way when it began to rest do not prolong the rest`() {
        let health = ModelHealth()
        for number: UInt64 in 0..<8 { health.failed("500", now: 7 + number) }
        #expect(health.restsUntil == 9 + 5 * Self.second)
        #expect(health.status.failures == 8)
        health.failed("500", now: 9 + 5 * Self.second)
        #expect(health.restsUntil == 9 + 15 * Self.second)
    }

    @Test func `an answer ends the row`() {
        let health = ModelHealth()
        for _ in 0..<3 { health.failed("503", now: 0) }
        health.answered(after: 1)
        #expect(!health.rests(now: 0))
        for _ in 0..<2 { health.failed("503", now: 0) }
        #expect(!health.rests(now: 0))
    }

    @Test func `the time to the first token follows the newest readings slowly`() {
        let health = ModelHealth()
        #expect(health.firstToken == 0)
        health.answered(after: 100 * 1_000_000)
        #expect(health.status.firstToken == 100)
        health.answered(after: 200 * 1_000_000)
        #expect(abs(health.status.firstToken - 120) < 0.001)
    }
}
