import DataPlane
import Testing

/// Passive health: ejection after failures in a row, gradual return, and distrust of targets that speak out of turn.
struct TargetStateTests {
    private static let second: UInt64 = 1_000_000_000

    /// A target that failed `count` times at `now`; whether the last failure took it out.
    private func fail(_ state: TargetState, _ count: Int, at now: UInt64) -> Bool {
        (0..<count).map { _ in state.failed("It answered 503.", now: now) }.last ?? false
    }

    @Test func `five failures in a row take a target out, a success between them does not count`() {
        let state = TargetState()
        #expect(!fail(state, 4, at: 1))
        state.succeeded()
        #expect(!fail(state, 4, at: 1))
        #expect(state.takesTraffic(now: 2, chance: 0))
        #expect(fail(state, 1, at: 1))
        #expect(!state.takesTraffic(now: 2, chance: 0))
        #expect(state.word(now: 2) == "ejected")
        #expect(state.lastFailure == "It answered 503.")
    }

    @Test func `a target returns gradually after ten seconds`() {
        let state = TargetState()
        _ = fail(state, 5, at: 1)
        #expect(!state.takesTraffic(now: 9 * Self.second, chance: 0))
        let returning = 1 + 15 * Self.second
        #expect(state.word(now: returning) == "returning")
        let share = (0..<1000).filter { part in
            state.takesTraffic(now: returning, chance: UInt64(part) * 10_000_000)
        }.count
        #expect(share == 500, "half of the ramp gives half of the traffic")
        #expect(state.takesTraffic(now: 1 + 20 * Self.second, chance: .max))
        #expect(state.word(now: 1 + 20 * Self.second) == "healthy")
    }

    @Test func `a target that fails again on its return is out for longer`() {
        let state = TargetState()
        _ = fail(state, 5, at: 1)
        let back = 1 + 12 * Self.second
        #expect(fail(state, 5, at: back))
        #expect(!state.takesTraffic(now: back + 19 * Self.second, chance: 0))
        #expect(state.takesTraffic(now: back + 21 * Self.second, chance: 0))
    }

    @Test func `failures of an ejected target do not prolong its absence`() {
        let state = TargetState()
        _ = fail(state, 5, at: 1)
        #expect(!fail(state, 50, at: 2))
        #expect(state.takesTraffic(now: 1 + 11 * Self.second, chance: 0))
    }

    @Test func `an active check takes a target out and lets it in again`() {
        let state = TargetState()
        state.probed(healthy: false)
        #expect(!state.isProbedHealthy)
        #expect(!state.takesTraffic(now: 1, chance: 0))
        #expect(state.word(now: 1) == "unhealthy")
        state.probed(healthy: true)
        #expect(state.takesTraffic(now: 1, chance: 0))
    }

    @Test func `bytes that answer nothing cost a target the reuse of its connections for a minute`() {
        let state = TargetState()
        #expect(state.mayReuseConnections(now: 5))
        #expect(state.spokeOutOfTurn(now: 5), "the first time is news")
        #expect(!state.spokeOutOfTurn(now: 6), "the second is not")
        #expect(!state.mayReuseConnections(now: 59 * Self.second))
        #expect(state.mayReuseConnections(now: 61 * Self.second))
    }
}
