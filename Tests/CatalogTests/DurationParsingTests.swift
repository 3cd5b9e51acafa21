import Catalog
import Testing

@Suite struct DurationParsingTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("2s", .seconds(2)), ("5m", .seconds(300)), ("24h", .seconds(86_400)),
        ("7d", .seconds(604_800)), ("0s", .zero), ("3650d", .longestWritten),
    ])
    func `a number with a unit is a duration`(text: String, expected: Duration) throws {
        #expect(try Duration(parsing: text) == expected)
    }

    @Test(arguments: [
        "", "s", "5", "1.5s", "1h30m", "5 s", "-1s", "+1s", "5S", "5us", "３s", "3651d", "9223372036854775807d",
        "99999999999999999999s",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TextFault.self) { try Duration(parsing: text) }
    }

    @Test(arguments: ["250ms", "2s", "90s", "5m", "24h", "7d", "0s", "1500ms"])
    func `what is written can be read again`(text: String) throws {
        let duration = try Duration(parsing: text)
        #expect(try Duration(parsing: duration.written) == duration)
    }

    @Test func `the largest unit without fraction is written`() {
        #expect(Duration.seconds(7200).written == "2h")
        #expect(Duration.seconds(90).written == "90s")
        #expect(Duration.milliseconds(1500).written == "1500ms")
    }
}
