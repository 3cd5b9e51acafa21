import Demonstration
import NIOCore
import NIOPosix
import Server
import Testing

struct PortChoiceTests {
    @Test func `what was asked for is taken, free or not`() async {
        let wanted = Endpoint(host: "127.0.0.1", port: 1)
        #expect(await PortChoice.endpoint(wanted, default: Endpoint(host: "127.0.0.1", port: 0)) == wanted)
    }

    @Test func `a usual port that somebody has gives way to a free one`() async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let usual = Endpoint(host: "127.0.0.1", port: try #require(listener.localAddress?.port))
        #expect(await PortChoice.endpoint(nil, default: usual) == Endpoint(host: "127.0.0.1", port: 0))
        try await listener.close().get()
        #expect(await PortChoice.endpoint(nil, default: usual) == usual)
    }
}
