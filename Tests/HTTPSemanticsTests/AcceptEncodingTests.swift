import HTTPSemantics
import Testing

/// The coding a request gets, by RFC 9110, section 12.5.3.
struct AcceptEncodingTests {
    private func choice(_ field: String, _ offered: [AnswerCoding] = [.gzip, .br, .zstd]) -> AnswerCoding? {
        AcceptEncoding(bytes(field)[...]).choice(among: offered)
    }

    @Test(arguments: [
        ("gzip", AnswerCoding.gzip), ("br", .br), ("zstd", .zstd), ("GZip", .gzip), ("x-gzip", .gzip),
        ("gzip, deflate, br, zstd", .gzip), ("br;q=1.0, gzip;q=0.8, *;q=0.1", .br), ("gzip;q=0.5, br;q=0.501", .br),
        ("*", .gzip), ("*;q=0.001", .gzip), ("gzip;q=0, *", .br), ("gzip;q=0, br;q=0, *;q=0.5", .zstd),
        ("identity;q=0, br", .br), ("identity;q=0.5, br;q=0.5", .br), ("identity, gzip", .gzip),
        ("gzip;Q=1", .gzip), ("gzip ; q=1.", .gzip), ("gzip\t;\tq=0.123", .gzip), ("gzip;q=1.000", .gzip),
        (",, gzip ,", .gzip), ("unheard-of, br", .br), ("gzip;q=0.3, gzip;q=0.9, br;q=0.5", .br),
        ("*;q=0.5, identity;q=0.5", .gzip), ("identity;q=0, *;q=0.2", .gzip), ("*;q=0, br", .br),
    ])
    func `the coding with the greatest weight is chosen, among equals the first offered`(
        field: String,
        wanted: AnswerCoding
    ) {
        #expect(choice(field) == wanted)
    }

    @Test(arguments: [
        "", " ", "identity", "deflate", "compress, deflate;q=1", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *;q=0",
        "identity;q=1, gzip;q=0.9", "identity;q=0, *;q=0", "gzip;q=0.5, gzip;q=0",
    ])
    func `nothing is chosen where nothing is accepted or uncoded bytes are liked better`(field: String) {
        #expect(choice(field) == nil)
    }

    @Test(arguments: [
        "gzip;q=1.1", "gzip;q=1.001", "gzip;q=2", "gzip;q=-1", "gzip;q=0.1234", "gzip;q=.5", "gzip;q=", "gzip;q",
        "gzip;", "gzip;x=1", "gzip;q=0.5;q=0.6", "gzip;q = 1", "gzip q=1", "gzip br", "gzip, \"br\"", "gzip;q=\"1\"",
        "gzip, ;q=1", "gzip;q=1e0", "gzip;q=0x1", "gzip, b\u{E9}", "gzip/1", "gzip;q=1 0",
    ])
    func `a malformed field asks for uncoded bytes`(field: String) {
        #expect(choice(field) == nil)
        let accepted = AcceptEncoding(bytes(field)[...])
        #expect(!accepted.refusesUncoded)
        #expect(AnswerCoding.allCases.allSatisfy { !accepted.accepts($0) })
    }

    @Test func `a malformed line spoils the others`() {
        #expect(AcceptEncoding(lines: [bytes("gzip"), bytes("br;q=x")]).choice(among: [.gzip]) == nil)
    }

    @Test func `several lines are one list`() {
        let accepted = AcceptEncoding(lines: [bytes("gzip;q=0.5"), bytes("br"), bytes("identity;q=0")])
        #expect(accepted.choice(among: [.gzip, .br]) == .br)
        #expect(accepted.refusesUncoded)
    }

    @Test func `only what is offered is chosen, and the order of the offer decides among equals`() {
        #expect(choice("gzip, br, zstd", [.zstd, .br]) == .zstd)
        #expect(choice("gzip, br", [.zstd, .br, .gzip]) == .br)
        #expect(choice("gzip", []) == nil)
        #expect(choice("gzip", [.br]) == nil)
        #expect(AcceptEncoding().choice(among: [.gzip]) == nil)
    }

    @Test func `uncoded bytes are refused only explicitly`() {
        for field in ["identity;q=0", "*;q=0", "gzip, *;q=0", "identity;q=0.000, *"] {
            #expect(AcceptEncoding(bytes(field)[...]).refusesUncoded, "\(field)")
        }
        for field in ["", "gzip", "*;q=0, identity;q=0.1", "identity", "*"] {
            #expect(!AcceptEncoding(bytes(field)[...]).refusesUncoded, "\(field)")
        }
    }
}
