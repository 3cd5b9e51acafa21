import HTTPSemantics
import Testing

struct RangeTests {
    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-", 0..<100), ("bytes=10-19", 10..<20), ("bytes=90-1000", 90..<100),
        ("bytes=-1", 99..<100), ("bytes=-1000", 0..<100), ("bytes=99-", 99..<100), ("Bytes=5-6", 5..<7),
        ("bytes= 5-6 ", 5..<7), ("bytes=5-6,", 5..<7), ("bytes=5-99999999999999999999999", 5..<100),
        ("bytes=-99999999999999999999999", 0..<100), ("bytes=5-9223372036854775807", 5..<100),
    ])
    func `a single range is resolved against the length`(field: String, range: Range<Int>) {
        #expect(ByteRangeRequest(field: bytes(field), length: 100) == .satisfiable(range))
    }

    @Test(arguments: ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"])
    func `a range outside the representation is unsatisfiable`(field: String) {
        #expect(ByteRangeRequest(field: bytes(field), length: 100) == .unsatisfiable)
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=5", "bytes=6-5", "bytes=a-b", "bytes=1-2,3-4", "lines=0-5",
        "bytes=0x0-5",
        "bytes=+1-2", "bytes=1 -2", "bytes=--5", "bytes=1-2-3", "bytes 1-2",
    ])
    func `several ranges, other units and nonsense are ignored`(field: String) {
        #expect(ByteRangeRequest(field: bytes(field), length: 100) == .ignore)
    }

    @Test func `nothing of an empty representation can be sent`() {
        #expect(ByteRangeRequest(field: bytes("bytes=0-"), length: 0) == .unsatisfiable)
        #expect(ByteRangeRequest(field: bytes("bytes=-5"), length: 0) == .ignore)
    }

    @Test func `two lines are several ranges`() {
        #expect(ByteRangeRequest(fieldLines: [bytes("bytes=0-1"), bytes("bytes=2-3")], length: 9) == .ignore)
        #expect(ByteRangeRequest(fieldLines: [bytes("bytes=0-1")], length: 9) == .satisfiable(0..<2))
    }

    @Test func `Content-Range names first, last and length`() {
        #expect(text(ByteRangeRequest.contentRange(10..<20, of: 100)) == "bytes 10-19/100")
        #expect(text(ByteRangeRequest.contentRange(unsatisfiedOf: 0)) == "bytes */0")
    }

    @Test(arguments: [(#""A""#, true), (#""B""#, false), (#"W/"A""#, false), (#""A", "B""#, false), ("A", false)])
    func `a tag in If-Range is compared strongly`(field: String, holds: Bool) {
        let condition = IfRange(field: bytes(field))
        #expect(condition.holds(tag: EntityTag(strong: bytes("A")), lastModified: nil, date: nil) == holds)
    }

    @Test func `a weak current tag never holds`() {
        #expect(
            !IfRange(field: bytes(#""A""#)).holds(tag: EntityTag(field: bytes(#"W/"A""#)), lastModified: nil, date: nil)
        )
        #expect(!IfRange(field: bytes(#""A""#)).holds(tag: nil, lastModified: nil, date: nil))
    }

    @Test(arguments: [
        (784_111_777, 784_111_778, true), (784_111_777, 784_111_777, false), (784_111_776, 784_111_790, false),
        (784_111_778, 784_111_790, false),
    ])
    func `a date in If-Range holds only if exact and strong`(lastModified: Int64, date: Int64, holds: Bool) {
        let condition = IfRange(field: bytes("Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(condition.holds(tag: nil, lastModified: lastModified, date: date) == holds)
        #expect(!condition.holds(tag: nil, lastModified: lastModified, date: nil))
    }
}
