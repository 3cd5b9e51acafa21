import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a free loopback port that answers by script, byte for byte.
final class ScriptedServer: Sendable {
    /// What it does with a request.
    enum Step: Sendable {
        /// Sends bytes and reads on; without bytes it stays silent.
        case send(String)
        /// Sends bytes and says that nothing more will come, but stays until the client closes.
        case sendLast(String)
        /// Sends bytes and closes.
        case close(String)
        /// Sends bytes and closes without the end of TLS.
        case cut(String)
    }

    /// The step for a request, by the number of requests before it, whatever their connection.
    typealias Script = @Sendable (Int) -> Step

    /// What came so far, shared by all connections.
    private final class Log: Sendable {
        struct Content: Sendable {
            var channels: [any Channel] = []
            var requests: [String] = []
        }

        let content = Mutex(Content())

        func note(_ channel: any Channel) { content.withLock { $0.channels.append(channel) } }

        func note(_ request: String) -> Int {
            content.withLock { content in
                content.requests.append(request)
                return content.requests.count - 1
            }
        }
    }

    /// The port it listens on, on 127.0.0.1.
    let port: Int
    private let listener: any Channel
    private let log: Log

    /// Starts a server; with `tls` it speaks nothing else, and without `readsBodies` it answers to heads.
    static func start(
        tls: NIOSSLContext? = nil,
        readsBodies: Bool = true,
        _ script: @escaping Script
    ) async throws -> ScriptedServer {
        let log = Log()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    log.note(channel)
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(
                        ScriptedConnection(readsBodies: readsBodies) { script(log.note($0)) }
                    )
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: "127.0.0.1", port: 0)
            .get()
        return ScriptedServer(listener, log)
    }

    private init(_ listener: any Channel, _ log: Log) {
        port = listener.localAddress?.port ?? 0
        (self.listener, self.log) = (listener, log)
    }

    /// A URL of it.
    func url(_ path: String = "/x", scheme: String = "http", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    /// The requests so far, heads and bodies as they came.
    var requests: [String] { log.content.withLock(\.requests) }
    /// How many connections came so far.
    var connections: Int { log.content.withLock(\.channels.count) }

    /// Waits until the first connection is closed on both sides.
    func firstIsGone() async throws { try await log.content.withLock(\.channels).first?.closeFuture.get() }

    /// Closes the port and every connection.
    func stop() async throws {
        try await listener.close().get()
        for channel in log.content.withLock(\.channels) { channel.close(promise: nil) }
    }
}
