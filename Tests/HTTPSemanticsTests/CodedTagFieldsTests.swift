import HTTPSemantics
import Testing

/// Tags in whole field values: what is a tag of ours is mapped, and not one other byte is touched.
struct CodedTagFieldsTests {
    private func list(_ line: String) -> String? { CodedTagFields.mappedBack(list: bytes(line)).map(text) }
    private func davIf(_ line: String) -> String? { CodedTagFields.mappedBack(davIf: bytes(line)).map(text) }

    @Test(arguments: [
        (#""x--gz""#, #""x""#),
        (#"W/"x--br""#, #"W/"x""#),
        (#""x--gz", "y", W/"z--zs""#, #""x", "y", W/"z""#),
        ("  \"x--gz\"\t,,  \"y--br\" , ", "  \"x\"\t,,  \"y\" , "),
        (#""a,b--gz","c, d--gz", "e,--gz""#, #""a,b","c, d--gz", "e,""#),
        (#""x--gz--id""#, #""x--gz""#),
        (#""x--gz--gz""#, #""x--gz""#),
        (#""--gz""#, #""""#),
        (#"*, "x--gz""#, #"*, "x""#),
        (#"bad, "x--gz", w/"y--gz", "z--gz""#, #"bad, "x", w/"y--gz", "z""#),
        (#""x--gz" "y--gz", "z--gz""#, #""x--gz" "y--gz", "z""#),
        (#"x"a,b--gz"y, "z--gz""#, #"x"a,b--gz"y, "z""#),
        (#""x--gz", "y--gz"#, #""x", "y--gz"#),
    ])
    func `every member of a list is mapped back by itself`(line: String, wanted: String) {
        #expect(list(line) == wanted)
    }

    @Test(arguments: [
        "", "*", " * ", #""x""#, #""x--id""#, #""x--GZ""#, #""x--gz-""#, #"x--gz"#, #"'x--gz'"#, #""x--gz"#,
        #"w/"x--gz""#,
        #"W/ "x--gz""#, #""x y--gz""#, #""x--gz"; "y""#, "\"x--gz\"\u{1}", ",,", "--", #""x-","-gz""#,
    ])
    func `what holds no tag of ours stays as it is`(line: String) {
        #expect(list(line) == nil)
    }

    @Test func `octets above ASCII stay what they are`() {
        let line: [UInt8] = [0x22, 0xE9] + bytes(#"--gz", "b--br""#)
        #expect(CodedTagFields.mappedBack(list: line) == [0x22, 0xE9] + bytes(#"", "b""#))
    }

    @Test(arguments: [
        (#"(["x--gz"])"#, #"(["x"])"#),
        (#"([W/"x--gz"])"#, #"([W/"x"])"#),
        (#"(<urn:uuid:1--gz> ["x--gz"]) (Not ["y--br"])"#, #"(<urn:uuid:1--gz> ["x"]) (Not ["y"])"#),
        (#"</a--gz> (["x--gz"]["y--gz"])</b> (["z--zs"])"#, #"</a--gz> (["x"]["y"])</b> (["z"])"#),
        (#"(["a]b)c(--gz"] ["[<x>--gz"])"#, #"(["a]b)c("] ["[<x>"])"#),
        (#"(["x--gz--id"])"#, #"(["x--gz"])"#),
        (#"(["x--gz"] [y] ["z--gz"])"#, #"(["x"] [y] ["z--gz"])"#),
        (#"(["x--gz"] ["y--gz" ])"#, #"(["x"] ["y--gz" ])"#),
        (#"(["x--gz"] ["y--gz""#, #"(["x"] ["y--gz""#),
    ])
    func `tags in square brackets of a WebDAV condition are mapped back`(line: String, wanted: String) {
        #expect(davIf(line) == wanted)
    }

    @Test(arguments: [
        "", #"(["x"])"#, #"["x--gz"]"#, #""x--gz""#, #"<["x--gz"]>"#, #"(<["x--gz"]>)"#, #"([ "x--gz"])"#,
        #"([x--gz])"#,
        #"(("x--gz"]["y--gz"])"#, #"<unclosed (["x--gz"])"#, #") (["x--gz"])"#, #"1 (["x--gz"])"#,
    ])
    func `a WebDAV condition without tags of ours, or malformed before them, stays as it is`(line: String) {
        #expect(davIf(line) == nil)
    }

    @Test func `a tag that goes out is marked where it must be`() {
        func out(_ field: String, _ coding: AnswerCoding?) -> String? {
            CodedTagFields.mappedOut(etag: bytes(field)[...], coding: coding).map(text)
        }
        #expect(out(#""x""#, nil) == nil)
        #expect(out(#""x""#, .gzip) == #""x--gz""#)
        #expect(out(#"W/"x""#, .zstd) == #"W/"x--zs""#)
        #expect(out(#" "x--gz" "#, nil) == #""x--gz--id""#)
        #expect(out(#"W/"x--id""#, nil) == #"W/"x--id--id""#)
        for malformed in ["", "x", #""x"#, #""x", "y""#, "x--gz", "*", #"w/"x""#, #""x y""#] {
            #expect(out(malformed, nil) == nil)
            #expect(out(malformed, .br) == nil)
        }
    }

    @Test func `a coded tag is seen wherever it stands in a list`() {
        #expect(CodedTagFields.namesCoded(bytes(#""a", W/"b--gz""#)))
        #expect(!CodedTagFields.namesCoded(bytes(#""a", "b--gz--id", "c--id""#)))
        #expect(!CodedTagFields.namesCoded(bytes("Sun, 06 Nov 1994 08:49:37 GMT")))
        #expect(!CodedTagFields.namesCoded(bytes("*")))
    }

    @Test(arguments: UInt64(0)..<100)
    func `a list of any tags comes back as it went out`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let opaques = ["", "x", "x--gz", "y--id", "a,b", "--zs", "z--id--br", "-"]
        let codings: [AnswerCoding?] = [nil] + AnswerCoding.allCases
        var sent: [String] = []
        var original: [String] = []
        for _ in 0..<Int.random(in: 1...8, using: &chance) {
            let opaque = try #require(opaques.randomElement(using: &chance))
            let tag = try #require(
                EntityTag(field: bytes(Bool.random(using: &chance) ? "W/\"\(opaque)\"" : "\"\(opaque)\""))
            )
            let coding = try #require(codings.randomElement(using: &chance))
            sent.append(CodedTag(original: tag, coding: coding).sent.text)
            original.append(tag.text)
        }
        let line = sent.joined(separator: " ,\t")
        #expect((list(line) ?? line) == original.joined(separator: " ,\t"))
        let condition = sent.map { "[\($0)]" }.joined(separator: " Not ")
        let wanted = original.map { "[\($0)]" }.joined(separator: " Not ")
        #expect((davIf("(\(condition))") ?? "(\(condition))") == "(\(wanted))")
    }
}
