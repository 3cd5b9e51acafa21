import HTTPSemantics
import Testing

/// The tag of a 304 names the answer that the client holds.
struct NotModifiedTagTests {
    private func tag(_ etag: String, _ lines: [String], _ accept: String) -> String {
        let mapped = NotModifiedTag.mappedOut(
            etag: bytes(etag)[...],
            lines: lines.map(bytes),
            accepted: AcceptEncoding(bytes(accept)[...]),
            offered: [.gzip, .br, .zstd]
        )
        return mapped.map(text) ?? etag
    }

    @Test(arguments: [
        // What would be chosen now, where the client holds it.
        ([#""x--gz""#], "gzip, br", #""x--gz""#),
        ([#""x--br", "x--gz", "x""#], "gzip, br", #""x--gz""#),
        ([#""x--br""#, #""y", "x--gz""#], "gzip, br", #""x--gz""#),
        ([#""x--gz", "x""#], "", #""x""#),
        // Else the uncoded one, else the first that is accepted.
        ([#""x--br", "x""#], "gzip, br", #""x""#),
        ([#""x--zs", "x--br""#], "gzip, br", #""x--br""#),
        ([#"W/"x--br""#], "gzip, br", #""x--br""#),
        // Where no member names it, what would be chosen now.
        ([], "gzip", #""x--gz""#),
        (["*"], "br", #""x--br""#),
        ([#""y--br""#], "gzip", #""x--gz""#),
        ([], "", #""x""#),
        (["bad"], "identity", #""x""#),
    ])
    func `it is the one named, in a coding that is accepted`(lines: [String], accept: String, wanted: String) {
        #expect(tag(#""x""#, lines, accept) == wanted)
    }

    @Test func `weakness is the upstream's, and what cannot be mapped stays as it is`() {
        #expect(tag(#"W/"x""#, [#""x--gz""#], "gzip") == #"W/"x--gz""#)
        #expect(tag(#""x--gz""#, [#""x--gz--id""#], "gzip") == #""x--gz--id""#)
        #expect(tag("x", [#""x--gz""#], "gzip") == "x")
    }
}
