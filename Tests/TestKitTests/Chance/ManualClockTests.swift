import TestKit
import Testing

struct ManualClockTests {
    @Test func `it moves only when told`() {
        let clock = ManualClock(at: 5)
        #expect(clock.now == 5)
        #expect(clock.advance(by: 10) == 15)
        #expect(clock.now == 15)
    }
}
