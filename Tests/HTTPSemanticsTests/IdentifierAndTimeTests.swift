import HTTPSemantics
import Testing

struct IdentifierAndTimeTests {
    @Test(arguments: ["a", "0192f0c1-7d1e-7abc-8def-0123456789ab", "Root=1-67891233-abc", "a.b_c~d:e+f/g@h="])
    func `a harmless request identifier is kept`(value: String) {
        #expect(RequestIdentifier.isWellFormed(bytes(value)))
    }

    @Test(arguments: ["", "a b", "a,b", "a\"b", "a;b", "é", "a\nb", "<x>", "a\\b", "{a}", "a%b", "a'b"])
    func `any other is replaced`(value: String) {
        #expect(!RequestIdentifier.isWellFormed(bytes(value)))
    }

    @Test func `a request identifier has at most 128 bytes`() {
        #expect(RequestIdentifier.isWellFormed([UInt8](repeating: 0x61, count: 128)))
        #expect(!RequestIdentifier.isWellFormed([UInt8](repeating: 0x61, count: 129)))
    }

    /// The example of RFC 9562, appendix A.6.
    @Test func `a version 7 identifier is laid out as the standard shows`() {
        let made = UUIDv7.bytes(milliseconds: 0x017F_22E2_79B0, random: (0x0CC3, 0x18C4_DC0C_0C07_398F))
        #expect(text(made) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(RequestIdentifier.isWellFormed(made))
    }

    @Test func `random bits never touch version and variant`() {
        let ones = text(UUIDv7.bytes(milliseconds: -1, random: (.max, .max)))
        #expect(ones == "ffffffff-ffff-7fff-bfff-ffffffffffff")
        #expect(text(UUIDv7.bytes(milliseconds: 0, random: (0, 0))) == "00000000-0000-7000-8000-000000000000")
    }

    @Test func `an identifier is written only where it fits`() {
        var short = [UInt8](repeating: 1, count: 35)
        var span = short.mutableSpan
        let isWritten = UUIDv7.write(milliseconds: 0, random: (0, 0), into: &span)
        #expect(!isWritten)
        #expect(short.allSatisfy { $0 == 1 })
    }

    @Test(arguments: [
        (1_795_227_360_123, "2026-11-21T02:16:00.123Z"), (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
    ])
    func `a timestamp is written with milliseconds and read back`(moment: Int64, written: String) {
        #expect(RFC3339.text(milliseconds: moment) == written)
        #expect(RFC3339.milliseconds(parsing: written) == moment)
    }

    @Test(arguments: [
        ("2026-11-21T02:16:00Z", 1_795_227_360_000), ("2026-11-21t02:16:00z", 1_795_227_360_000),
        ("2026-11-21T04:16:00+02:00", 1_795_227_360_000), ("2026-11-20T21:46:00.5-04:30", 1_795_227_360_500),
        ("2026-11-21T02:16:00.123456789Z", 1_795_227_360_123), ("2026-11-21T02:16:00.12Z", 1_795_227_360_120),
    ])
    func `a timestamp may have an offset and any fraction`(written: String, moment: Int64) {
        #expect(RFC3339.milliseconds(parsing: written) == moment)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T02:16:00", "2026-11-21 02:16:00Z", "2026-13-21T02:16:00Z", "2026-02-29T02:16:00Z",
        "2026-11-21T24:16:00Z", "2026-11-21T02:16:00.Z", "2026-11-21T02:16:00Zx", "2026-11-21T02:16:00+24:00",
        "2026-11-21T02:16:00+0200", "26-11-21T02:16:00Z....", "2026-11-21T02:16:00 Z",
    ])
    func `what is not a timestamp is none`(written: String) {
        #expect(RFC3339.milliseconds(parsing: written) == nil)
    }

    @Test func `no moment is too far away to be written`() {
        #expect(RFC3339.text(milliseconds: .max).hasPrefix("9999-12-31T23:59:59"))
        #expect(RFC3339.text(milliseconds: .min).hasPrefix("0000-01-01T00:00:00"))
    }

    @Test(arguments: [
        ("application/json", "application/json", true), ("Application/JSON; charset=utf-8", "application/json", true),
        ("application/problem+json;", "application/problem+json", true), ("text/html", "text/html", false),
        (" text/json ", "text/json", true), ("application/+json", "application/+json", false),
        ("application/json-seq", "application/json-seq", false),
    ])
    func `a media type is read in lower case and knows whether it is JSON`(field: String, essence: String, isJSON: Bool)
    {
        let type = MediaType(field: bytes(field))
        #expect(type?.essence == essence)
        #expect(type?.isJSON == isJSON)
    }

    @Test func `parameters of a media type may be quoted`() throws {
        let type = try #require(MediaType(field: bytes(#"multipart/mixed; Boundary="a\"b;c" ; ; x=Y"#)))
        #expect(type.parameter("boundary") == bytes("a\"b;c"))
        #expect(type.parameter("x") == bytes("Y"))
        #expect(type.parameter("y") == nil)
    }

    @Test(arguments: [
        "", "text", "text/", "/html", "text/html charset=x", "text/html;x", "text/html;x=", "text/html;=y",
        #"text/html;x="y"#, "text /html", "text/html,text/plain", #"text/html;x="\"#,
    ])
    func `what is not a media type is none`(field: String) {
        #expect(MediaType(field: bytes(field)) == nil)
    }
}
