import DataPlane
import Testing

/// The retry budget: a fifth of what runs, at least three.
struct UpstreamStateTests {
    @Test func `three retries are allowed however little runs`() {
        let state = UpstreamState()
        #expect((0..<4).map { _ in state.mayRetry() } == [true, true, true, false])
    }

    @Test(arguments: [15, 50, 500])
    func `of many exchanges a fifth may retry at once`(running: Int) {
        let state = UpstreamState()
        for _ in 0..<running { state.began() }
        let allowed = (0..<running).filter { _ in state.mayRetry() }.count
        #expect(allowed == running / 5)
    }

    @Test func `an exchange that ends gives its part of the budget back`() {
        let state = UpstreamState()
        for _ in 0..<4 { state.began() }
        while state.mayRetry() {}
        state.ended(retried: false)
        #expect(!state.mayRetry())
        state.ended(retried: true)
        #expect(state.mayRetry())
        #expect(!state.mayRetry())
    }

    @Test func `turns go round`() {
        let state = UpstreamState()
        #expect((0..<3).map { _ in state.nextTurn() } == [0, 1, 2])
    }
}
