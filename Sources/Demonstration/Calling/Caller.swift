import NIOCore
import NIOHTTP1
import NIOPosix
import Server

/// The tour's own small HTTP client: one connection for each request.
struct Caller: Sendable {
    private static let patience = TimeAmount.seconds(10)
    private let endpoint: Endpoint

    /// A client of a server.
    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    /// Sends a request and waits for the whole answer.
    func send(_ call: Call) async throws(CallFault) -> Reply {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Reply.self)
        let authority = endpoint.authority
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(CallHandler(call, to: authority, promise: promise))
                }
            }
        let timer = loop.scheduleTask(in: Self.patience) {
            promise.fail(CallFault(description: "no answer within \(Self.patience.nanoseconds / 1_000_000_000) s"))
        }
        defer { timer.cancel() }
        do {
            _ = try await bootstrap.connect(host: endpoint.host, port: endpoint.port).get()
        } catch {
            promise.fail(error)
        }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw CallFault(description: "\(call.method) http://\(authority)\(call.path): \(error)")
        }
    }
}
