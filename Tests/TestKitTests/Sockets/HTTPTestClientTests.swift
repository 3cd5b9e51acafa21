import NIOCore
import NIOPosix
import TestKit
import Testing

/// The client against a server that sends exactly these bytes, in two pieces.
struct HTTPTestClientTests {
    private final class Canned: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: [UInt8]
        private let cut: Int

        init(_ answer: [UInt8], _ cut: Int) { (self.answer, self.cut) = (answer, cut) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.prefix(cut))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.dropFirst(cut)))).assumeIsolated()
                .whenComplete { _ in context.close(promise: nil) }
        }
    }

    private func exchange(_ answer: String, cut: Int = 0) async throws -> HTTPTestResponse {
        let bytes = Array(answer.utf8)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Canned(bytes, cut))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        var client = HTTPTestClient(port: server.localAddress?.port ?? 0, patience: 5_000)
        let result: Result<HTTPTestResponse, any Error>
        do {
            result = .success(try await client.send(HTTPTestRequest("GET", "/")))
        } catch {
            result = .failure(error)
        }
        try await server.close().get()
        return try result.get()
    }

    @Test(arguments: Array(stride(from: 0, to: 90, by: 7)))
    func `chunks are put together, wherever the bytes are cut`(cut: Int) async throws {
        let answer = try await exchange(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
            cut: cut
        )
        #expect(answer.text == "Wiki0123456789")
    }

    @Test func `informational answers are skipped and fields kept in order`() async throws {
        let answer = try await exchange(
            "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 409 Conflict\r\nB: 1\r\nA:  2 \r\nContent-Length: 2\r\n\r\nno"
        )
        #expect(answer.status == 409)
        #expect(answer.fields == [HTTPField("B", "1"), HTTPField("A", "2"), HTTPField("Content-Length", "2")])
        #expect(answer.text == "no")
    }

    @Test func `an answer without length ends with the connection`() async throws {
        #expect(try await exchange("HTTP/1.1 200 OK\r\n\r\nall of it", cut: 20).text == "all of it")
    }

    @Test func `a cut answer is no answer`() async throws {
        await #expect(throws: HTTPTestFault.closed) {
            try await exchange("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
        }
        await #expect(throws: HTTPTestFault.malformed) { try await exchange("FTP 200\r\n\r\n") }
    }

    @Test func `nobody at home is known before anything is sent`() async throws {
        var client = HTTPTestClient(port: 1)
        await #expect(throws: HTTPTestFault.notConnected) { _ = try await client.send(HTTPTestRequest("GET", "/")) }
    }
}
