import NIOCore
import NIOPosix

/// A small HTTP/1.1 client for tests: one connection at a time, kept alive and opened again when it is gone.
///
/// Sends exactly the fields it is given, one request after another; not for use by several tasks at once. All it throws is
/// ``HTTPTestFault``.
package struct HTTPTestClient: ~Copyable {
    private let host: String
    private let port: Int
    private let patience: TimeAmount
    private var channel: (any Channel)?

    /// A client of a server; `patience` is how long it waits for an answer, in milliseconds.
    package init(host: String = "127.0.0.1", port: Int, patience: Int64 = 30_000) {
        (self.host, self.port, self.patience) = (host, port, .milliseconds(patience))
    }

    /// Sends a request and waits for the whole answer.
    package mutating func send(_ request: HTTPTestRequest) async throws -> HTTPTestResponse {
        let bytes = request.head(for: "\(host):\(port)") + request.body
        return try await send(bytes: bytes, isHead: request.method == "HEAD")
    }

    /// Sends bytes as they are and waits for one whole answer.
    package mutating func send(bytes: [UInt8], isHead: Bool = false) async throws -> HTTPTestResponse {
        let channel = try await connect()
        let promise = channel.eventLoop.makePromise(of: HTTPTestResponse.self)
        let exchange = ClientExchange(bytes: bytes, isHead: isHead, patience: patience, promise: promise)
        channel.writeAndFlush(exchange, promise: nil)
        do {
            return try await promise.futureResult.get()
        } catch {
            close()
            throw error as? HTTPTestFault ?? HTTPTestFault.closed
        }
    }

    /// Sends the first `count` bytes of the body (all of it if absent) and goes away without waiting for an answer.
    package mutating func abandon(_ request: HTTPTestRequest, afterBody count: Int? = nil) async throws {
        let channel = try await connect()
        let bytes = request.head(for: "\(host):\(port)") + request.body.prefix(count ?? request.body.count)
        let promise = channel.eventLoop.makePromise(of: HTTPTestResponse.self)
        promise.futureResult.whenComplete { _ in }
        let exchange = ClientExchange(bytes: bytes, isHead: false, patience: patience, promise: promise)
        do {
            try await channel.writeAndFlush(exchange).get()
        } catch {
            self.channel = nil
            throw HTTPTestFault.closed
        }
        close()
    }

    /// Closes the connection.
    package mutating func close() {
        channel?.close(promise: nil)
        channel = nil
    }

    private mutating func connect() async throws -> any Channel {
        if let channel, channel.isActive { return channel }
        do {
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ClientConnection())
                    }
                }
                .connect(host: host, port: port)
                .get()
            self.channel = channel
            return channel
        } catch {
            throw HTTPTestFault.notConnected
        }
    }

    deinit { channel?.close(promise: nil) }
}
