import Investigation
import Testing

/// Which connection a request goes over, and what goes over it.
@Suite struct RaceConnectionsTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private func connections(_ writers: Int = 1, patience: Duration = .seconds(30)) -> RaceConnections {
        RaceConnections(writers: writers, patience: patience, trust: .machine)
    }

    @Test func `each writer keeps a connection of its own`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        let race = connections(2)
        for _ in 0..<3 {
            for writer in 0..<2 {
                #expect(await race.send(RaceRequest("GET", server.url()), as: writer).text == "200 ok")
            }
        }
        #expect(server.connections == 2)
        #expect(server.requests.count == 6)
        await race.close()
        try await server.firstIsGone()
        try await server.stop()
    }

    @Test func `a connection that the server closed when idle is replaced`() async throws {
        let server = try await ScriptedServer.start { $0 == 0 ? .sendLast(Self.ok) : .send(Self.ok) }
        let race = connections()
        #expect(await race.send(RaceRequest("PUT", server.url(), body: [1]), as: 0).text == "200 ok")
        try await server.firstIsGone()
        #expect(await race.send(RaceRequest("PUT", server.url(), body: [1]), as: 0).text == "200 ok")
        #expect(server.connections == 2)
        #expect(server.requests.count == 2)
        await race.close()
        try await server.stop()
    }

    @Test func `what was sent over a kept connection is not sent again`() async throws {
        let server = try await ScriptedServer.start { $0 == 1 ? .close("") : .send(Self.ok) }
        let race = connections()
        var texts: [String] = []
        for _ in 0..<3 { texts.append(await race.send(RaceRequest("GET", server.url()), as: 0).text) }
        #expect(texts[1].hasPrefix("no answer: the connection was"))
        #expect([texts[0], texts[2]] == ["200 ok", "200 ok"])
        #expect(server.requests.count == 3)
        await race.close()
        try await server.stop()
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\0\0",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
    ])
    func `a connection with an uncertain future is not used again`(_ answer: String) async throws {
        let server = try await ScriptedServer.start { _ in .send(answer) }
        let race = connections()
        for _ in 0..<2 { #expect(await race.send(RaceRequest("GET", server.url()), as: 0).reason == "") }
        #expect(server.connections == 2)
        await race.close()
        try await server.stop()
    }

    @Test func `an early answer counts, and its connection does not live on`() async throws {
        let refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n"
        let server = try await ScriptedServer.start(readsBodies: false) { _ in .send(refusal) }
        let race = connections()
        let body = [UInt8](repeating: 0x20, count: 32 << 20)
        #expect(await race.send(RaceRequest("PUT", server.url(), body: body), as: 0).text == "413 ")
        #expect(await race.send(RaceRequest("GET", server.url()), as: 0).text == "413 ")
        #expect(server.connections == 2)
        await race.close()
        try await server.stop()
    }

    @Test func `a writer can turn to another server`() async throws {
        let servers = [
            try await ScriptedServer.start { _ in .send(Self.ok) },
            try await ScriptedServer.start { _ in .send(Self.ok) },
        ]
        let race = connections()
        for server in servers { #expect(await race.send(RaceRequest("GET", server.url()), as: 0).text == "200 ok") }
        try await servers[0].firstIsGone()
        #expect(servers.map(\.requests.count) == [1, 1])
        await race.close()
        for server in servers { try await server.stop() }
    }

    @Test func `the header is as it was asked for, with the framing of what is sent`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        let race = connections()
        let fields = [
            RaceField("X-A", "1"), RaceField("Content-Length", "9"), RaceField("transfer-encoding", "chunked"),
        ]
        _ = await race.send(RaceRequest("PUT", server.url("/a?b"), fields: fields, body: Array("xyz".utf8)), as: 0)
        _ = await race.send(RaceRequest("POST", server.url()), as: 0)
        _ = await race.send(RaceRequest("DELETE", server.url(), fields: [RaceField("host", "other")]), as: 0)
        let host = "Host: 127.0.0.1:\(server.port)\r\n"
        #expect(
            server.requests == [
                "PUT /a?b HTTP/1.1\r\n\(host)X-A: 1\r\nContent-Length: 3\r\n\r\nxyz",
                "POST /x HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n", "DELETE /x HTTP/1.1\r\nhost: other\r\n\r\n",
            ]
        )
        await race.close()
        try await server.stop()
    }

    @Test func `a connection ends where its user asked for it`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        let race = connections()
        let request = RaceRequest("GET", server.url(), fields: [RaceField("Connection", "close")])
        for _ in 0..<2 { #expect(await race.send(request, as: 0).text == "200 ok") }
        #expect(server.connections == 2)
        await race.close()
        try await server.stop()
    }

    @Test(arguments: [
        RaceRequest("GET", "http://h/", fields: [RaceField("A", "b\r\nC: d")]),
        RaceRequest("GET", "http://h/", fields: [RaceField("A b", "c")]), RaceRequest("G T", "http://h/"),
        RaceRequest("GET", "http://h:x/"),
    ])
    func `what would not be one request is not sent`(_ request: RaceRequest) async {
        #expect(await connections().send(request, as: 0).reason.hasPrefix("not sent: "))
    }

    @Test func `nothing is sent for nobody, and nothing after the end`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        let race = connections()
        for writer in [-1, 1] {
            #expect(await race.send(RaceRequest("GET", server.url()), as: writer).reason.hasPrefix("not sent: "))
        }
        await race.close()
        #expect(await race.send(RaceRequest("GET", server.url()), as: 0).reason == "not sent: the race is over")
        #expect(server.connections == 0)
        try await server.stop()
    }

    @Test func `refused and unknown servers are told apart`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        try await server.stop()
        let race = connections()
        for host in ["127.0.0.1", "localhost"] {
            let reply = await race.send(RaceRequest("GET", server.url(host: host)), as: 0)
            #expect(reply.reason == "not sent: connection refused")
        }
        // No label of a name is that long, so no server of names is asked.
        let name = String(repeating: "a", count: 64)
        let reply = await race.send(RaceRequest("GET", "http://\(name)/"), as: 0)
        #expect(reply.reason == "not sent: the name of the host \(name) is not known")
        await race.close()
    }
}
