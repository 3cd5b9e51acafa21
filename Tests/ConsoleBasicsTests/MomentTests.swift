import ConsoleBasics
import Testing

struct MomentTests {
    private let now: Int64 = 1_700_000_000_000

    @Test(arguments: [
        ("90s", Int64(90_000)), ("30m", 1_800_000), ("1h", 3_600_000), ("7d", 604_800_000), ("250ms", 250), ("0s", 0),
        ("2w", 1_209_600_000),
    ])
    func `a duration counts back from now`(text: String, length: Int64) {
        #expect(Moment.milliseconds(of: text, now: now) == now - length)
    }

    @Test(arguments: [
        ("2023-11-14T22:13:20Z", Int64(1_700_000_000_000)),
        ("2023-11-14T23:13:20.5+01:00", 1_700_000_000_500),
        ("2023-11-14T23:13:20 01:00", 1_700_000_000_000),
        ("1970-01-02", 86_400_000),
    ])
    func `a timestamp or a date is a moment of its own`(text: String, expected: Int64) {
        #expect(Moment.milliseconds(of: text, now: now) == expected)
    }

    @Test(arguments: [
        "", "h", "1", "1x", "-1h", "+1h", "1.5h", "1h30m", "yesterday", "2023-13-01", "2023-02-30T00:00:00Z",
        "2023-11-14T22:13:20", "99999999999999999999d", "9223372036854775807w", "١h", " ", "      ",
    ])
    func `anything else is no moment`(text: String) {
        #expect(Moment.milliseconds(of: text, now: now) == nil)
    }

    @Test func `people get the moment without fractions`() {
        #expect(Moment.readable(1_700_000_000_123) == "2023-11-14 22:13:20 UTC")
    }
}
