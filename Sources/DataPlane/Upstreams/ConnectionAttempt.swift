import NIOCore
import NIOPosix
import NIOSSL

/// One attempt to connect to a target; answers exactly once.
final class ConnectionAttempt {
    private let target: TargetPlan
    private let loop: LoopContext
    private var done: ((Result<UpstreamConnection, UpstreamFault>) -> Void)?
    private let onClose: () -> Void
    private var connection: UpstreamConnection?

    /// An attempt; `done` is called once, `onClose` when a connection that was handed over has closed.
    init(
        target: TargetPlan,
        loop: LoopContext,
        done: @escaping (Result<UpstreamConnection, UpstreamFault>) -> Void,
        onClose: @escaping () -> Void
    ) {
        self.target = target
        self.loop = loop
        self.done = done
        self.onClose = onClose
    }

    /// Connects; an address literal at once, a name through the system's resolver.
    func start() {
        // Everything below runs on the loop that owns this attempt.
        let box = NIOLoopBound(self, eventLoop: loop.loop)
        let bootstrap = ClientBootstrap(group: loop.loop)
            .channelOption(.writeBufferWaterMark, value: .init(low: 32 * 1024, high: 128 * 1024))
            .connectTimeout(.nanoseconds(Int64(clamping: target.connect)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try box.value.prepare(channel) }
            }
        let connecting =
            if let address = try? SocketAddress(ipAddress: target.host, port: target.port) {
                bootstrap.connect(to: address)
            } else {
                bootstrap.connect(host: target.host, port: target.port)
            }
        connecting.whenComplete { box.value.connected($0) }
    }

    private func prepare(_ channel: any Channel) throws {
        let connection = UpstreamConnection(target: target, loop: loop) { [unowned self] in ready($0) }
        self.connection = connection
        if let tls = target.tls {
            try channel.pipeline.syncOperations.addHandler(tls.handler())
        }
        try channel.pipeline.syncOperations.addHandler(connection)
        connection.connecting(until: WallClock.monotonic() &+ target.connect)
    }

    private func ready(_ fault: UpstreamFault?) {
        if let fault { return answer(.failure(fault)) }
        if let connection { answer(.success(connection)) }
    }

    private func connected(_ result: Result<any Channel, any Error>) {
        switch result {
        case .failure(let error): answer(.failure(ConnectionFailure.fault(error)))
        case .success(let channel):
            let box = NIOLoopBound(self, eventLoop: loop.loop)
            channel.closeFuture.whenComplete { _ in box.value.closed() }
        }
    }

    private func closed() {
        if done == nil { onClose() }
        answer(.failure(.unreachable("the connection was closed during its set-up")))
        connection = nil
    }

    private func answer(_ result: Result<UpstreamConnection, UpstreamFault>) {
        guard let done else { return }
        self.done = nil
        done(result)
    }
}
