import RouteMatching
import Testing

struct HostMatchingTests {
    @Test func `exact beats wildcard beats all hosts`() throws {
        let table = try RouteTable([
            .init(1, "/x"), .init(2, "/x", on: ["*.example.org"]), .init(3, "/x", on: ["api.example.org"]),
            .init(4, "/x", on: ["*.eu.example.org"]),
        ])
        #expect(table.found("/x", host: "api.example.org") == Found(3))
        #expect(table.found("/x", host: "www.example.org") == Found(2))
        #expect(table.found("/x", host: "a.b.eu.example.org") == Found(4))
        #expect(table.found("/x", host: "eu.example.org") == Found(2))
        #expect(table.found("/x", host: "example.org") == Found(1))
        #expect(table.found("/x", host: "notexample.org") == Found(1))
        #expect(table.found("/x", host: "") == Found(1))
    }

    @Test(arguments: [
        "api.example.com", "API.Example.COM", "api.example.com:8080", "api.example.com.", "Api.example.com.:443",
    ])
    func `case, port and a trailing dot do not matter`(field: String) throws {
        let table = try RouteTable([.init(1, "/x", on: ["api.example.com"])])
        #expect(table.found("/x", host: field) == Found(1))
        let wildcard = try RouteTable([.init(1, "/x", on: ["*.example.com"])])
        #expect(wildcard.found("/x", host: field) == Found(1))
    }

    @Test(arguments: ["example.com", ".example.com", ".", ":", ":80", "[", "[::1", "..", "xexample.com", "[::1]:80"])
    func `odd hosts match no wildcard`(field: String) throws {
        let table = try RouteTable([.init(1, "/x", on: ["*.example.com"])])
        #expect(table.match("GET", "/x", host: field) == .notFound)
    }

    @Test func `address literals keep their colons`() throws {
        let table = try RouteTable([.init(1, "/x", on: ["[::1]"])])
        #expect(table.found("/x", host: "[::1]:8080") == Found(1))
        #expect(table.found("/x", host: "[::1]") == Found(1))
        #expect(table.found("/x", host: "[::2]") == nil)
    }

    @Test func `what the exact host lacks is looked for in the wider scopes`() throws {
        let table = try RouteTable([
            .init(1, "/only", on: ["a.example.org"]), .init(2, "/wild", on: ["*.example.org"]),
            .init(3, "/{rest...}", ["GET"]), .init(4, "/only", ["PUT"], on: ["*.example.org", "*.org"]),
        ])
        #expect(table.found("/only", host: "a.example.org") == Found(1))
        #expect(table.found("/wild", host: "a.example.org") == Found(2))
        #expect(table.found("/else", host: "a.example.org") == Found(3, ["else"]))
        #expect(table.found("/only", "PUT", host: "b.org") == Found(4))
    }

    @Test func `allowed methods are gathered over all scopes`() throws {
        let table = try RouteTable([
            .init(1, "/x", ["GET"], on: ["a.example.org"]), .init(2, "/x", ["PUT"], on: ["*.example.org"]),
            .init(3, "/{any}", ["DELETE"]), .init(4, "/x", ["POST"], on: ["b.example.org"]),
        ])
        #expect(
            table.match("PATCH", "/x", host: "a.example.org") == .methodNotAllowed(allowed: ["DELETE", "GET", "PUT"])
        )
        #expect(table.match("PATCH", "/x", host: "other") == .methodNotAllowed(allowed: ["DELETE"]))
    }

    @Test func `one route may have many hosts`() throws {
        let table = try RouteTable([.init(1, "/x", on: ["a.test", "b.test", "*.c.test", "a.test"])])
        #expect(["a.test", "b.test", "d.c.test"].allSatisfy { table.found("/x", host: $0) == Found(1) })
        #expect(table.match("GET", "/x", host: "c.test") == .notFound)
    }
}
