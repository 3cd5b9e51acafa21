import FuzzTargets
import HTTPWire
import Testing

/// What `Connection` says about the connection and about other fields (RFC 9112 §9.3, RFC 9110 §7.6.1).
@Suite struct ConnectionTests {
    @Test(arguments: [
        ("1.1", "", true), ("1.0", "", false), ("1.1", "close", false), ("1.1", "CLOSE", false),
        ("1.0", "close", false),
        ("1.1", "keep-alive", true), ("1.0", "keep-alive", true), ("1.0", "Keep-Alive", true), ("1.1", "x", true),
        ("1.0", "x", false), ("1.0", "keep-alive, close", false), ("1.1", "close, keep-alive", false),
        ("1.1", "x ,\tclose ,y", false), ("1.1", "closed", true), ("1.0", "keep-alive-x", false),
        ("1.1", ",,close", false),
        ("1.1", "Upgrade", true), ("1.0", ", keep-alive ,", true),
    ])
    func `a connection is kept unless version or options say otherwise`(
        _ version: String,
        _ value: String,
        _ keeps: Bool
    ) {
        let field = value.isEmpty ? "" : "Connection: \(value)\r\n"
        let request = HeadReading(wire("GET / HTTP/\(version)\r\n\(field)\r\n"), as: .request)
        #expect(request.keepsAlive == keeps)
        let answer = HeadReading(wire("HTTP/\(version) 200 OK\r\n\(field)\r\n"), as: .answer)
        #expect(answer.keepsAlive == keeps)
    }

    private func options(_ fields: String) throws -> [String] {
        var head = MessageHead(.request)
        let bytes = wire("GET / HTTP/1.1\r\n\(fields)\r\n")
        _ = try unsafe head.take(bytes.count, from: bytes.span.bytes)
        var found: [String] = []
        head.forEachConnectionOption { option in
            found.append(text(option.indices.map { option[$0] }))
        }
        return found
    }

    @Test func `options of all Connection fields are visited in order, trimmed, without empty ones`() throws {
        #expect(try options("Connection: a, B ,,\t c\r\nX: d\r\nconnection: ,e,\r\n") == ["a", "B", "c", "e"])
        #expect(try options("Connection:\r\n") == [])
        #expect(try options("Connection: , ,\r\n") == [])
        #expect(try options("X: y\r\n") == [])
    }

    @Test func `an option is found in any case, in any field, and whole`() throws {
        var head = MessageHead(.request)
        let bytes = wire("GET / HTTP/1.1\r\nConnection: x\r\nConnection: y, UpGrade\r\n\r\n")
        _ = try unsafe head.take(bytes.count, from: bytes.span.bytes)
        let found = [
            head.hasConnectionOption("upgrade"), head.hasConnectionOption("x"), head.hasConnectionOption("grade"),
            head.hasConnectionOption("close"),
        ]
        #expect(found == [true, true, false, false])
    }
}
