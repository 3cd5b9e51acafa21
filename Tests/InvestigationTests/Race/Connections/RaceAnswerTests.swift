import Investigation
import Testing

/// Answers as they come over a connection, and what is none.
@Suite struct RaceAnswerTests {
    private func connections(patience: Duration = .seconds(30)) -> RaceConnections {
        RaceConnections(writers: 1, patience: patience, trust: .machine)
    }

    @Test(arguments: [
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
        (
            "GET", "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"b\"\r\no\r\n1\r\nk\r\n0\r\nA: b\r\n\r\n",
            "200 ok"
        ),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "200 "),
        ("PUT", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
        (
            "GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "200 ok"
        ),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "200 "),
        ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "200 "),
        ("PUT", "HTTP/1.1 204 No Content\r\n\r\n", "204 "),
        ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", "304 "),
        ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99999999\r\n\r\n", "304 "),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "200 "),
        ("GET", "HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n", "302 "),
    ])
    func `answers end where they should, and the next one follows`(
        _ method: String,
        _ answer: String,
        _ text: String
    ) async throws {
        let server = try await ScriptedServer.start { _ in .send(answer) }
        let race = connections()
        for _ in 0..<2 { #expect(await race.send(RaceRequest(method, server.url()), as: 0).text == text) }
        #expect(server.connections == 1)
        #expect(server.requests.count == 2)
        await race.close()
        try await server.stop()
    }

    @Test func `fields keep their order, their case and their repetitions`() async throws {
        let server = try await ScriptedServer.start { _ in
            .send("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nb:  2 \r\nB: 3\r\nContent-Length: 0\r\n\r\n")
        }
        let race = connections()
        let fields = [
            RaceField("ETag", "\"1\""), RaceField("b", "2"), RaceField("B", "3"), RaceField("Content-Length", "0"),
        ]
        let reply = await race.send(RaceRequest("GET", server.url()), as: 0)
        #expect(reply == .answer(status: 200, fields: fields, body: []))
        await race.close()
        try await server.stop()
    }

    @Test(arguments: ["HTTP/1.0 200 OK\r\n\r\nok", "HTTP/1.1 200 OK\r\n\r\nok"])
    func `an answer may end with its connection`(_ answer: String) async throws {
        let server = try await ScriptedServer.start { _ in .close(answer) }
        let race = connections()
        #expect(await race.send(RaceRequest("GET", server.url()), as: 0).text == "200 ok")
        await race.close()
        try await server.stop()
    }

    @Test(arguments: [
        ("", "the connection was closed before the answer was complete"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "the connection was closed before the answer was complete"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", "the connection was closed before the answer was complete"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
            "the connection was closed before the answer was complete"
        ),
        ("SSH-2.0-server\r\n", "the answer is not HTTP/1.1"), ("HTTP/2.0 200 OK\r\n\r\n", "the answer is not HTTP/1.1"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok", "the answer is not HTTP/1.1"),
        (
            "HTTP/1.1 200 OK\r\nA: \(String(repeating: "b", count: 100_000))\r\nContent-Length: 0\r\n\r\n",
            "the header of the answer is too long"
        ),
        (
            "HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 300))Content-Length: 0\r\n\r\n",
            "the header of the answer is too long"
        ),
    ])
    func `half an answer is none, and the request is not sent again`(_ answer: String, _ reason: String) async throws {
        let server = try await ScriptedServer.start { _ in .close(answer) }
        let race = connections()
        let reply = await race.send(RaceRequest("PUT", server.url(), body: [1]), as: 0)
        #expect(reply.reason.hasPrefix("no answer: \(reason)"))
        #expect(server.requests.count == 1)
        await race.close()
        try await server.stop()
    }

    @Test(arguments: [true, false])
    func `bodies of up to 16 MiB are read`(_ isChunked: Bool) async throws {
        let most = 16 << 20
        let server = try await ScriptedServer.start { number in
            let count = most + number
            let framing = isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: \(count)\r\n\r\n"
            let body = String(repeating: "a", count: count)
            let chunks = "\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
            return .send("HTTP/1.1 200 OK\r\n" + framing + (isChunked ? chunks : body))
        }
        let race = connections()
        let whole = await race.send(RaceRequest("GET", server.url()), as: 0)
        guard case .answer(200, _, let body) = whole else {
            Issue.record("\(whole.reason)")
            return
        }
        #expect(body.count == most)
        let reply = await race.send(RaceRequest("GET", server.url()), as: 0)
        #expect(reply.reason == "no answer: the answer is longer than 16 MiB")
        await race.close()
        try await server.stop()
    }

    @Test func `a body that is announced to be too long is not waited for`() async throws {
        let server = try await ScriptedServer.start { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\n")
        }
        let race = connections()
        let reply = await race.send(RaceRequest("GET", server.url()), as: 0)
        #expect(reply.reason == "no answer: the answer is longer than 16 MiB")
        await race.close()
        try await server.stop()
    }

    @Test(arguments: [
        "", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
    ])
    func `patience ends`(_ beginning: String) async throws {
        let server = try await ScriptedServer.start { _ in .send(beginning) }
        let race = connections(patience: .milliseconds(500))
        #expect(await race.sendOnceConnected(RaceRequest("GET", server.url())).reason == "no answer: no answer in time")
        try await server.firstIsGone()
        await race.close()
        try await server.stop()
    }
}
