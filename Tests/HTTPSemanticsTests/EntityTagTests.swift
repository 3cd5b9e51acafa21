import HTTPSemantics
import Testing

struct EntityTagTests {
    @Test(arguments: [
        (#""A""#, false, "A"),
        (#"W/"A""#, true, "A"),
        (#""""#, false, ""),
        (#"W/"""#, true, ""),
        ("  \"x,y\"\t", false, "x,y"),
        (#""back\slash""#, false, #"back\slash"#),
        (#""*""#, false, "*"),
        (#""!#~""#, false, "!#~"),
    ])
    func `a single tag is read with its weakness and its octets`(field: String, isWeak: Bool, opaque: String) throws {
        let tag = try #require(EntityTag(field: bytes(field)))
        #expect(tag.isWeak == isWeak)
        #expect(tag.opaque == bytes(opaque))
    }

    @Test(arguments: [
        "", " ", "A", #""A"#, #"A""#, #"w/"A""#, #"W /"A""#, #"W/ "A""#, #""A" "B""#, #""A","B""#, #""A B""#,
        #""A""B""#, "*", "W/",
        "W", "\"", "\"a\u{7F}\"", "\"a\tb\"", "\"a\u{0}\"", #""A"x"#,
    ])
    func `what is not exactly one tag is none`(field: String) {
        #expect(EntityTag(field: bytes(field)) == nil)
    }

    @Test func `octets above ASCII are kept and shown as Latin-1`() throws {
        let tag = try #require(EntityTag(field: [0x22, 0xE9, 0xFF, 0x22]))
        #expect(tag.opaque == [0xE9, 0xFF])
        #expect(tag.bytes == [0x22, 0xE9, 0xFF, 0x22])
        #expect(tag.text == "\"éÿ\"")
    }

    @Test(arguments: [#""A""#, #"W/"A""#, #""""#, #"W/"x,y""#])
    func `a tag is written as it was read`(field: String) throws {
        let tag = try #require(EntityTag(field: bytes(field)))
        #expect(tag.bytes == bytes(field))
        #expect(tag.text == field)
    }

    @Test func `a tag made from bytes never breaks out of its quotes`() {
        #expect(EntityTag(strong: bytes("a\"b \r\nc")).text == #""abc""#)
        #expect(EntityTag(strong: bytes("v17")).isWeak == false)
    }

    /// The table of RFC 9110, section 8.8.3.2.
    @Test(arguments: [
        (#"W/"1""#, #"W/"1""#, false, true),
        (#"W/"1""#, #"W/"2""#, false, false),
        (#"W/"1""#, #""1""#, false, true),
        (#""1""#, #"W/"1""#, false, true),
        (#""1""#, #""1""#, true, true),
        (#""1""#, #""2""#, false, false),
    ])
    func `strong comparison wants two strong tags and weak comparison only equal octets`(
        a: String,
        b: String,
        strong: Bool,
        weak: Bool,
    ) throws {
        let left = try #require(EntityTag(field: bytes(a)))
        let right = try #require(EntityTag(field: bytes(b)))
        #expect(left.matchesStrongly(right) == strong)
        #expect(left.matchesWeakly(right) == weak)
    }
}
