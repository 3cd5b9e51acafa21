import ConflictEngine
import Testing

struct ChangeExplanationTests {
    private let history = VersionHistory(limit: 1 << 20)
    private let item = ResourceIdentity(upstream: "shop", path: Array("/items/1".utf8))

    private func version(
        _ tag: String,
        _ json: String,
        at time: Int64,
        by consumer: String? = nil,
        replacing replaced: String? = nil
    ) -> VersionRecord {
        VersionRecord(
            tag: Array(tag.utf8),
            representation: Array(json.utf8),
            mediaType: Array("application/json".utf8),
            time: time,
            writer: consumer.map {
                VersionRecord.Writer(consumer: $0, requestID: "r-\(tag)", replaced: replaced.map { Array($0.utf8) })
            }
        )
    }

    private func record(_ version: VersionRecord, for credential: UInt64? = nil) {
        history.record(version, of: item, for: credential, keeping: HistoryRetention())
    }

    private func report(
        since tags: [String],
        to current: VersionRecord,
        for credential: UInt64? = nil,
        proposing proposal: ProposedChange = .opaque
    ) -> ChangeReport {
        history.changes(
            since: tags.map { Array($0.utf8) },
            to: current,
            of: item,
            for: credential,
            proposing: proposal
        )
    }

    @Test func `each place is given to the write that changed it last`() {
        record(version("a", #"{"x":1,"y":1,"z":1}"#, at: 10))
        record(version("b", #"{"x":2,"y":2,"z":1}"#, at: 20, by: "bob", replacing: "a"))
        let current = version("c", #"{"x":2,"y":3,"z":1}"#, at: 30, by: "eve", replacing: "b")
        record(current)
        let found = report(since: ["a"], to: current)
        let expected = [
            AttributedChange(pointer: "/x", consumer: "bob", time: 20, requestID: "r-b"),
            AttributedChange(pointer: "/y", consumer: "eve", time: 30, requestID: "r-c"),
        ]
        #expect(found.changed == expected)
        #expect(found.competing?.consumer == "eve")
        #expect(found.competing?.changed == ["/y"])
    }

    @Test func `what did not pass the gateway has no author`() {
        record(version("a", #"{"x":1,"y":1}"#, at: 10))
        record(version("b", #"{"x":2,"y":1}"#, at: 20, by: "bob", replacing: "a"))
        let found = report(since: ["a"], to: version("c", #"{"x":9,"y":1}"#, at: 30))
        #expect(found.changed == [AttributedChange(pointer: "/x")])
        #expect(found.competing?.consumer == "bob")
    }

    @Test func `an unknown version explains nothing`() {
        let current = version("b", #"{"x":2}"#, at: 20, by: "bob", replacing: "a")
        #expect(report(since: ["a"], to: current) == ChangeReport())
        record(current)
        let found = report(since: ["a"], to: current)
        #expect(found.changed.isEmpty)
        #expect(found.competing?.consumer == "bob")
    }

    @Test func `of several tags the one given out last counts`() {
        record(version("a", #"{"x":1,"y":1}"#, at: 10))
        record(version("b", #"{"x":2,"y":1}"#, at: 20))
        let current = version("c", #"{"x":2,"y":2}"#, at: 30)
        #expect(report(since: ["a", "b"], to: current).changed.map(\.pointer) == ["/y"])
        #expect(report(since: ["a", "nobody's"], to: current).changed.map(\.pointer) == ["/x", "/y"])
    }

    @Test func `the overlap is what both change, a place and what it holds included`() {
        record(version("a", #"{"x":{"p":1,"q":1},"y":1,"ab":1}"#, at: 10))
        let current = version("b", #"{"x":{"p":2,"q":1},"y":2,"ab":2}"#, at: 20)
        func overlap(_ proposal: ProposedChange) -> [String] {
            report(since: ["a"], to: current, proposing: proposal).overlap
        }
        #expect(overlap(.replacement(Array(#"{"x":{"p":5,"q":1},"y":1,"ab":1}"#.utf8))) == ["/x/p"])
        #expect(overlap(.replacement(Array(#"{"x":{"p":1,"q":9},"y":1,"ab":1}"#.utf8))) == [])
        #expect(overlap(.replacement(Array(#"{"y":7}"#.utf8))) == ["/x/p", "/y", "/ab"])
        #expect(overlap(.replacement(Array("no json".utf8))) == ["/x/p", "/y", "/ab"])
        #expect(overlap(.mergePatch(Array(#"{"x":{"q":3},"y":null}"#.utf8))) == ["/y"])
        #expect(overlap(.mergePatch(Array(#"{"x":5,"a":1}"#.utf8))) == ["/x/p"])
        let move = #"[{"op":"test","path":"/y"},{"op":"move","from":"/x/p","path":"/n"}]"#
        #expect(overlap(.jsonPatch(Array(move.utf8))) == ["/x/p"])
        #expect(overlap(.jsonPatch(Array(#"[{"op":"add","path":"/ab/-","value":1}]"#.utf8))) == ["/ab"])
        #expect(overlap(.removal) == ["/x/p", "/y", "/ab"])
        #expect(overlap(.opaque) == [])
    }

    @Test func `bytes that are not JSON changed as a whole`() {
        record(version("a", "old text", at: 10))
        let current = version("b", "new text", at: 20, by: "bob", replacing: "a")
        record(current)
        let found = report(since: ["a"], to: current, proposing: .replacement(Array("mine".utf8)))
        #expect(found.changed == [AttributedChange(pointer: "", consumer: "bob", time: 20, requestID: "r-b")])
        #expect(found.overlap == [""])
    }

    @Test func `another caller's bytes under the same tag are not compared, but the author is named`() {
        record(version("a", #"{"x":1,"secret":1}"#, at: 10), for: 1)
        record(version("b", #"{"x":2,"secret":2}"#, at: 20, by: "bob", replacing: "a"), for: 1)
        let current = version("b", #"{"x":2}"#, at: 30)
        #expect(report(since: ["a"], to: current, for: 2).changed.isEmpty)
        record(version("a", #"{"x":1}"#, at: 12), for: 2)
        let found = report(since: ["a"], to: current, for: 2)
        #expect(found.changed == [AttributedChange(pointer: "/x", consumer: "bob", time: 20, requestID: "r-b")])
    }

    @Test func `a read that was overtaken by a write does not hide it`() {
        record(version("a", #"{"x":1}"#, at: 10))
        record(version("b", #"{"x":2}"#, at: 20, by: "bob", replacing: "a"))
        record(version("a", #"{"x":1}"#, at: 21))
        let current = version("b", #"{"x":2}"#, at: 30)
        record(current)
        #expect(report(since: ["a"], to: current).changed.first?.consumer == "bob")
    }

    @Test func `a read that sees a write before its author reports it does not make it anonymous`() {
        record(version("a", #"{"x":1}"#, at: 10))
        record(version("b", #"{"x":2}"#, at: 19))
        let current = version("b", #"{"x":2}"#, at: 20, by: "bob", replacing: "a")
        record(current)
        #expect(report(since: ["a"], to: current).changed.first?.consumer == "bob")
    }

    @Test func `a request says what it proposes by method and media type`() {
        let body = Array("{}".utf8)
        func proposal(_ method: String, _ type: String) -> ProposedChange {
            ProposedChange(method: method, mediaType: Array(type.utf8), body: body)
        }
        #expect(proposal("PUT", "text/plain") == .replacement(body))
        #expect(proposal("PATCH", "Application/Merge-Patch+JSON ; charset=utf-8") == .mergePatch(body))
        #expect(proposal("PATCH", "application/json-patch+json") == .jsonPatch(body))
        #expect(proposal("PATCH", "text/x-diff") == .opaque)
        #expect(proposal("DELETE", "") == .removal)
        #expect(proposal("POST", "application/json") == .opaque)
    }
}
