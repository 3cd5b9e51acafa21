import FoundationEssentials
import Investigation
import Testing

/// TLS: whom a race believes, and how an answer ends there.
@Suite struct RaceTrustTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    private static let endless = "HTTP/1.1 200 OK\r\n\r\nok"

    /// Runs `body` with the path of a file that has this text.
    private func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("race-\(UUID().uuidString).pem")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await body(file.path(percentEncoded: false))
    }

    private func reply(
        from server: ScriptedServer,
        host: String = "localhost",
        _ trust: RaceConnections.Trust,
        times: Int = 1
    ) async -> RaceReply {
        let race = RaceConnections(writers: 1, patience: .seconds(30), trust: trust)
        var reply = RaceReply.notSent("")
        for _ in 0..<times {
            reply = await race.send(RaceRequest("GET", server.url(scheme: "https", host: host)), as: 0)
        }
        await race.close()
        return reply
    }

    @Test func `a certificate of an unknown authority is refused before anything is sent`() async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) { _ in .send(Self.ok) }
        let reason = await reply(from: server, .machine).reason
        #expect(reason.hasPrefix("not sent: its TLS certificate is of no authority believed here (--ca FILE"))
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func `an authority that was named is believed, for its own hosts`() async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) { _ in .send(Self.ok) }
        try await withFile(TestAuthority.certificate) { file in
            #expect(await reply(from: server, .file(file), times: 3).text == "200 ok")
            #expect(server.connections == 1)
            let reason = await reply(from: server, host: "127.0.0.1", .file(file)).reason
            #expect(reason == "not sent: its TLS certificate is for another host (--insecure believes all)")
            #expect(server.requests.count == 3)
        }
        try await server.stop()
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `whoever believes anybody gets an answer`(_ host: String) async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) { _ in .send(Self.ok) }
        #expect(await reply(from: server, host: host, .anybody).text == "200 ok")
        try await server.stop()
    }

    @Test func `a file without an authority is not mistaken for trust`() async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) { _ in .send(Self.ok) }
        try await withFile("nothing here\n") { file in
            #expect(await reply(from: server, .file(file)).reason.hasPrefix("not sent: \(file) holds no certificates"))
        }
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func `a server without TLS is not spoken to`() async throws {
        let server = try await ScriptedServer.start { _ in .send(Self.ok) }
        let race = RaceConnections(writers: 1, patience: .milliseconds(500), trust: .anybody)
        let reply = await race.sendOnceConnected(RaceRequest("GET", server.url(scheme: "https")))
        #expect(reply.reason == "not sent: no TLS handshake in time")
        await race.close()
        try await server.stop()
    }

    @Test func `only the end of TLS ends an answer that says no length`() async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) {
            $0 == 0 ? .close(Self.endless) : .cut(Self.endless)
        }
        #expect(await reply(from: server, .anybody).text == "200 ok")
        #expect(await reply(from: server, .anybody).reason.hasPrefix("no answer: the connection was cut off"))
        try await server.stop()
    }

    @Test func `a cut after a whole answer does no harm`() async throws {
        let server = try await ScriptedServer.start(tls: TestAuthority.server()) { _ in .cut(Self.ok) }
        #expect(await reply(from: server, .anybody).text == "200 ok")
        try await server.stop()
    }
}
