import HTTPSemantics
import JSONSchemaChecking
import Testing

struct NumberTests {
    @Test(arguments: [
        ("3", true), ("3.0", true), ("30e-1", true), ("2.9999999999999999999999", false), ("-3", false),
        ("1e999999999", true),
        ("1e-999999999", false), ("-1e999999999", false), ("3.00000000000000000001", true), ("0", false),
        ("\"2\"", true),
        ("1e99999999999999999999999999", true), ("1e-99999999999999999999999999", false),
    ])
    func `minimum allows the limit and more`(number: String, fits: Bool) throws {
        #expect(try Sample.fits(number, #"{"minimum": 3}"#) == fits)
        let opposite = number.hasPrefix("-") ? String(number.dropFirst()) : "-" + number
        guard !number.hasPrefix("\"") else { return }
        #expect(try Sample.fits(opposite, #"{"maximum": -3}"#) == fits)
    }

    @Test(arguments: [
        ("0", false), ("-0.0", false), ("0e5", false), ("1e-999999999", true), ("5", true), ("-1e-9", false),
    ])
    func `exclusiveMinimum does not allow the limit`(number: String, fits: Bool) throws {
        #expect(try Sample.fits(number, #"{"exclusiveMinimum": 0}"#) == fits)
    }

    @Test(arguments: [("1e2", false), ("99.999999999999999999999999", true), ("100.000", false), ("-1e400", true)])
    func `exclusiveMaximum does not allow the limit`(number: String, fits: Bool) throws {
        #expect(try Sample.fits(number, #"{"exclusiveMaximum": 100}"#) == fits)
    }

    @Test func `limits that no binary number holds are exact`() throws {
        #expect(try Sample.fits("9007199254740992", #"{"maximum": 9007199254740992}"#))
        #expect(try !Sample.fits("9007199254740993", #"{"maximum": 9007199254740992}"#))
        #expect(try !Sample.fits("0.1000000000000000000001", #"{"maximum": 0.1}"#))
        #expect(try Sample.fits("1e400", #"{"minimum": 1e399, "maximum": 10.0e399}"#))
    }

    @Test(arguments: [
        ("0", "0.01", true), ("-0", "7", true), ("19.99", "0.01", true), ("0.3", "0.1", true), ("1.1", "0.1", true),
        ("0.075", "0.01", false), ("0.0075", "0.0001", true), ("4.5", "1.5", true), ("-4.5", "1.5", true),
        ("35", "1.5", false),
        ("1e999999999", "0.01", true), ("1e999999999", "3", false), ("3e999999999", "3", true),
        ("1e-999999999", "0.01", false),
        ("1e10", "1024", true), ("1e9", "1024", false), ("12391239123", "1e-8", true), ("1e308", "0.123456789", false),
        ("1e99999999999999999999", "5", true), ("1e20", "999999999999999999", false),
        ("999999999999999999000", "999999999999999999", true), ("99999999999999999900", "1e2", true),
        ("123456789012345678901234567890123", "3", true), ("123456789012345678901234567890124", "3", false),
        ("1.0", "1", true), ("100", "1e2", true), ("10", "1e2", false), ("10", "20", false), ("20", "10", true),
    ])
    func `multipleOf is exact`(number: String, divisor: String, fits: Bool) throws {
        #expect(try Sample.fits(number, #"{"multipleOf": \#(divisor)}"#) == fits)
    }

    @Test func `messages name the limit as it is written`() throws {
        let schema = #"{"minimum": 1.50, "exclusiveMaximum": 1e1, "multipleOf": 0.5}"#
        #expect(
            try Sample.faults("1.3", schema) == [
                "the value must be at least 1.50", "the value must be a multiple of 0.5",
            ]
        )
        #expect(try Sample.faults("10", schema) == ["the value must be less than 1e1"])
        let other = #"{"exclusiveMinimum": 0, "maximum": -1}"#
        #expect(try Sample.faults("0", other) == ["the value must be at most -1", "the value must be more than 0"])
        let keywords = try Sample.schema(other).mismatches(of: 0).map(\.keyword)
        #expect(keywords == ["maximum", "exclusiveMinimum"])
    }

    @Test func `limits say nothing of what is no number`() throws {
        let schema = #"{"minimum": 5, "maximum": 4, "multipleOf": 3}"#
        for value in ["\"1\"", "null", "[1]", "{\"a\": 1}", "true"] { #expect(try Sample.fits(value, schema)) }
    }

    @Test func `a number of more than 1,024 characters does not fit, wherever it is`() throws {
        let long = String(repeating: "7", count: 1_025)
        let faults = try Sample.faults("[{\"a\": \(long)}]", "true")
        #expect(faults == ["the value must not have a number of more than 1024 characters"])
        #expect(try Sample.fits(String(repeating: "7", count: 1_024), #"{"multipleOf": 7, "minimum": 7}"#))
    }
}
