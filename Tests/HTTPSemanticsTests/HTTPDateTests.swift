import HTTPSemantics
import Testing

struct HTTPDateTests {
    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        " Sun, 06 Nov 1994 08:49:37 GMT\t",
    ])
    func `all three forms name the same moment`(field: String) {
        #expect(HTTPDate.seconds(parsing: bytes(field)) == 784_111_777)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Sat, 21 Nov 2026 02:16:00 GMT", 1_795_227_360),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
    ])
    func `a moment is read and written the same`(field: String, seconds: Int64) {
        #expect(HTTPDate.seconds(parsing: bytes(field)) == seconds)
        #expect(HTTPDate.text(seconds) == field)
        #expect(HTTPDate.bytes(seconds) == bytes(field))
    }

    @Test(arguments: [
        "", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 6 Nov 1994 08:49:37 GMT", "sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 31 Apr 1994 08:49:37 GMT", "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMTx", "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun Nov 06 8:49:37 1994",
        "Sunday, 06-Nov-1994 08:49:37 GMT", "1994-11-06T08:49:37Z.......", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Sun,,06 Nov 1994 08:49:37 GMT",
    ])
    func `what is not a date is none`(field: String) {
        #expect(HTTPDate.seconds(parsing: bytes(field)) == nil)
    }

    @Test func `a leap second is taken for the moment after it`() {
        let leap = HTTPDate.seconds(parsing: bytes("Sat, 31 Dec 2016 23:59:60 GMT"))
        #expect(leap == HTTPDate.seconds(parsing: bytes("Sun, 01 Jan 2017 00:00:00 GMT")))
    }

    @Test(arguments: [("76", 2076), ("77", 1977), ("26", 2026), ("00", 2000), ("99", 1999)])
    func `a two-digit year more than fifty years ahead is past`(short: String, year: Int) {
        let obsolete = HTTPDate.seconds(parsing: bytes("Monday, 01-Mar-\(short) 00:00:00 GMT"), currentYear: 2026)
        let modern = HTTPDate.seconds(parsing: bytes("Mon, 01 Mar \(year) 00:00:00 GMT"))
        #expect(obsolete != nil)
        #expect(obsolete == modern)
    }

    @Test func `near the end of a century a small two-digit year lies ahead`() {
        let obsolete = HTTPDate.seconds(parsing: bytes("Monday, 01-Mar-10 00:00:00 GMT"), currentYear: 2090)
        #expect(obsolete == HTTPDate.seconds(parsing: bytes("Mon, 01 Mar 2110 00:00:00 GMT")))
    }

    @Test func `any moment of ten thousand years comes back`() {
        var chance = SeededChance(seed: 7)
        for _ in 0..<5_000 {
            let moment = Int64.random(in: -62_167_219_200...253_402_300_799, using: &chance)
            #expect(HTTPDate.seconds(parsing: HTTPDate.bytes(moment)) == moment)
        }
    }

    @Test func `moments that four digits of year cannot say are moved to the nearest that can`() {
        #expect(HTTPDate.text(.max) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.text(.min) == "Sat, 01 Jan 0000 00:00:00 GMT")
    }
}
