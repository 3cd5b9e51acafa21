import HTTPSemantics
import Testing

/// All conditions of a request at once, where reads and writes, and what is accepted, make a difference.
struct ConditionLinesTests {
    private let gzipOnly = AcceptEncoding(bytes("gzip")[...])

    private func lines(_ texts: String...) -> [[UInt8]] { texts.map(bytes) }

    @Test func `a request without tags of ours stays as it is`() {
        let plain = ConditionLines(
            ifMatch: lines(#""a", W/"b""#),
            ifNoneMatch: lines("*"),
            ifRange: lines("Sun, 06 Nov 1994 08:49:37 GMT"),
            davIf: lines("(<urn:uuid:f81d--4fae>)")
        )
        #expect(plain.mappedBack(isRead: true, accepted: gzipOnly) == nil)
        #expect(plain.mappedBack(isRead: false, accepted: gzipOnly) == nil)
        #expect(ConditionLines().mappedBack(isRead: true, accepted: gzipOnly) == nil)
    }

    @Test func `on a write every tag in every field is the upstream's again`() throws {
        let sent = ConditionLines(
            ifMatch: lines(#""a--gz""#, #""b--br", "c""#),
            ifNoneMatch: lines(#""d--zs", "e--gz""#),
            ifRange: lines(#""f--gz--id""#),
            davIf: lines(#"(["g--gz"])"#)
        )
        let mapped = try #require(sent.mappedBack(isRead: false, accepted: AcceptEncoding()))
        let wanted = ConditionLines(
            ifMatch: lines(#""a""#, #""b", "c""#),
            ifNoneMatch: lines(#""d", "e""#),
            ifRange: lines(#""f--gz""#),
            davIf: lines(#"(["g"])"#)
        )
        #expect(mapped == wanted)
        #expect(mapped.keepsRange && mapped.keepsModifiedSince)
    }

    @Test(arguments: [
        (#""a--gz", "b--br", "c""#, #""a", "c""#),
        (#""a--gz""#, #""a""#),
        (#"W/"a--zs", "c--gz--id""#, #""c--gz""#),
        (#""a--br", bad, "b--gz""#, #""a", bad, "b""#),
        (#"*, "b--br""#, #"*, "b""#),
    ])
    func `a read asks only for what it accepts`(line: String, wanted: String) throws {
        let sent = ConditionLines(ifNoneMatch: lines(line))
        let mapped = try #require(sent.mappedBack(isRead: true, accepted: gzipOnly))
        #expect(mapped.ifNoneMatch.map(text) == [wanted])
        #expect(mapped.keepsModifiedSince)
    }

    @Test func `with the last member the field goes, and If-Modified-Since with it`() throws {
        let sent = ConditionLines(ifNoneMatch: lines(#""a--br""#, #""b--zs", W/"c--br""#))
        let mapped = try #require(sent.mappedBack(isRead: true, accepted: gzipOnly))
        #expect(mapped.ifNoneMatch.isEmpty)
        #expect(!mapped.keepsModifiedSince)
        #expect(mapped.keepsRange)
    }

    @Test func `If-Modified-Since alone is left alone`() throws {
        let sent = ConditionLines(ifMatch: lines(#""a--gz""#))
        let mapped = try #require(sent.mappedBack(isRead: true, accepted: gzipOnly))
        #expect(mapped.keepsModifiedSince)
    }

    @Test(arguments: [true, false])
    func `a client that holds coded bytes gets no piece of the uncoded ones`(inIfRange: Bool) throws {
        let tag = lines(#""a--gz""#)
        let sent = inIfRange ? ConditionLines(ifRange: tag) : ConditionLines(ifMatch: tag, ifRange: lines(#""a""#))
        let mapped = try #require(sent.mappedBack(isRead: true, accepted: gzipOnly))
        #expect(!mapped.keepsRange)
        #expect(mapped.ifRange.isEmpty)
        #expect(mapped.ifMatch.map(text) == (inIfRange ? [] : [#""a""#]))
    }

    @Test func `a client that holds uncoded bytes gets the piece it asks for`() throws {
        let sent = ConditionLines(ifRange: lines(#""a--gz--id""#))
        let mapped = try #require(sent.mappedBack(isRead: true, accepted: gzipOnly))
        #expect(mapped.ifRange.map(text) == [#""a--gz""#])
        #expect(mapped.keepsRange)
    }
}
