import Catalog
import RouteMatching
import Testing

struct RouteTableTests {
    private func table(_ entries: RouteTable.Entry...) throws -> RouteTable { try RouteTable(entries) }

    @Test func `an empty table finds nothing`() throws {
        #expect(try RouteTable([]).match("GET", "/") == .notFound)
    }

    @Test func `the root is a path of its own`() throws {
        let table = try table(.init(1, "/"))
        #expect(table.found("/") == Found(1))
        #expect(table.found("//") == nil)
        #expect(table.found("/a") == nil)
    }

    @Test func `literals match exactly, case and trailing slash included`() throws {
        let table = try table(.init(1, "/items/all"), .init(2, "/items/all/"))
        #expect(table.found("/items/all") == Found(1))
        #expect(table.found("/items/all/") == Found(2))
        #expect(table.found("/Items/all") == nil)
        #expect(table.found("/items/al") == nil)
        #expect(table.found("/items/all/x") == nil)
    }

    @Test func `a parameter takes one segment that is not empty`() throws {
        let table = try table(.init(1, "/items/{id}/parts/{part}"))
        #expect(table.found("/items/7/parts/left%2Fright") == Found(1, ["7", "left%2Fright"]))
        #expect(table.found("/items//parts/9") == nil)
        #expect(table.found("/items/7/parts/") == nil)
        #expect(table.found("/items/7/parts/a/b") == nil)
    }

    @Test(arguments: [
        ("/files/a/b", "a/b"), ("/files/a", "a"), ("/files/", ""), ("/files", ""), ("/files//x//", "/x//"),
    ])
    func `a tail takes all that remains, which may be nothing`(path: String, rest: String) throws {
        #expect(try table(.init(1, "/files/{rest...}")).found(path) == Found(1, [rest]))
    }

    @Test func `a tail at the root takes every path`() throws {
        let table = try table(.init(1, "/{rest...}"))
        #expect(table.found("/") == Found(1, [""]))
        #expect(table.found("//") == Found(1, ["/"]))
        #expect(table.found("/a/b") == Found(1, ["a/b"]))
    }

    @Test func `literal beats parameter beats tail whatever the order`() throws {
        let entries: [RouteTable.Entry] = [
            .init(3, "/items/{rest...}"), .init(2, "/items/{id}"), .init(1, "/items/new"), .init(4, "/items"),
        ]
        for entries in [entries, entries.reversed()] {
            let table = try RouteTable(entries)
            #expect(table.found("/items/new") == Found(1))
            #expect(table.found("/items/old") == Found(2, ["old"]))
            #expect(table.found("/items/old/er") == Found(3, ["old/er"]))
            #expect(table.found("/items/") == Found(3, [""]))
            #expect(table.found("/items") == Found(4))
        }
    }

    @Test func `a dead end goes back to the last choice and forgets its captures`() throws {
        let table = try table(
            .init(1, "/a/{x}/c/{y}/end"),
            .init(2, "/{p}/b/{q}/{r}/stop"),
            .init(3, "/{first}/{rest...}")
        )
        #expect(table.found("/a/b/c/d/end") == Found(1, ["b", "d"]))
        #expect(table.found("/a/b/c/d/stop") == Found(2, ["a", "c", "d"]))
        #expect(table.found("/a/b/c/d/else") == Found(3, ["a", "b/c/d/else"]))
    }

    @Test func `a method mismatch falls back to a less specific pattern`() throws {
        let table = try table(
            .init(1, "/items/new", ["GET"]),
            .init(2, "/items/{id}", ["PUT"]),
            .init(3, "/{rest...}", ["DELETE"])
        )
        #expect(table.found("/items/new", "GET") == Found(1))
        #expect(table.found("/items/new", "PUT") == Found(2, ["new"]))
        #expect(table.found("/items/new", "DELETE") == Found(3, ["items/new"]))
        #expect(table.match("PATCH", "/items/new") == .methodNotAllowed(allowed: ["DELETE", "GET", "PUT"]))
        #expect(table.match("PATCH", "/items/old") == .methodNotAllowed(allowed: ["DELETE", "PUT"]))
    }

    @Test func `routes of one path are told apart by method`() throws {
        let table = try table(.init(1, "/x", ["GET", "HEAD"]), .init(2, "/x", ["PROPPATCH"]), .init(3, "/y"))
        #expect(table.found("/x", "HEAD") == Found(1))
        #expect(table.found("/x", "PROPPATCH") == Found(2))
        #expect(table.found("/y", "BREW") == Found(3))
        #expect(table.match("get", "/x") == .methodNotAllowed(allowed: ["GET", "HEAD", "PROPPATCH"]))
        #expect(table.match("", "/x") == .methodNotAllowed(allowed: ["GET", "HEAD", "PROPPATCH"]))
        #expect(table.match("GET", "/z") == .notFound)
    }

    @Test func `GET does not stand for HEAD`() throws {
        #expect(try table(.init(1, "/x", ["GET"])).match("HEAD", "/x") == .methodNotAllowed(allowed: ["GET"]))
    }

    @Test func `a route without any method takes none`() throws {
        #expect(try table(.init(1, "/x", [])).match("GET", "/x") == .notFound)
    }

    @Test(arguments: ["", "*", "items", "http://x/"])
    func `what does not begin with a slash matches nothing`(path: String) throws {
        #expect(try table(.init(1, "/{rest...}")).match("GET", path) == .notFound)
    }

    @Test func `a path too long for captures matches nothing and does not trap`() throws {
        let table = try table(.init(1, "/{rest...}"))
        #expect(table.match("GET", "/" + String(repeating: "a", count: 0xFFFF)) == .notFound)
        let longest = String(repeating: "a", count: 0xFFFE)
        #expect(table.found("/" + longest) == Found(1, [longest]))
    }

    @Test func `a deep path walks down a deep pattern`() throws {
        let deep = String(repeating: "/a", count: RouteTable.segmentLimit)
        let table = try table(.init(1, deep), .init(2, "/{rest...}"))
        #expect(table.found(deep) == Found(1))
        #expect(table.found(deep + "/a")?.index == 2)
    }

    @Test func `patterns that cannot be compiled are named`() throws {
        let many = String(repeating: "/{p}", count: PathCaptures.capacity + 1)
        let entries: [RouteTable.Entry] = [
            .init(1, many), .init(2, "/fine/{x}"), .init(3, "/{rest...}/more"),
            .init(4, String(repeating: "/a", count: 129)),
            .init(index: 5, pattern: PathPattern(segments: [], source: "")),
        ]
        let findings: [RouteFinding] = [
            .tooManyCaptures(index: 1, count: 17), .tailNotLast(index: 3), .tooManySegments(index: 4, count: 129),
            .emptyPattern(index: 5),
        ]
        #expect(RouteTable.findings(in: entries) == findings)
        #expect(throws: findings[0]) { try RouteTable(entries) }
        #expect(findings.allSatisfy { !$0.description.isEmpty })
    }

    @Test func `sixteen captures are possible`() throws {
        let table = try table(.init(1, String(repeating: "/{p}", count: 16)))
        let path = (1...16).map { "/\($0)" }.joined()
        #expect(table.found(path) == Found(1, (1...16).map(String.init)))
    }

    @Test func `ten thousand routes each find their own`() throws {
        let entries = (0..<10_000).map { RouteTable.Entry($0, "/api/v\($0 % 10)/thing\($0)/{id}/part") }
        let table = try RouteTable(entries)
        let wrong = (0..<10_000).filter { table.found("/api/v\($0 % 10)/thing\($0)/x/part") != Found($0, ["x"]) }
        #expect(wrong.isEmpty)
        #expect(table.found("/api/v1/thing2/x/part") == nil)
    }
}
