import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Opens connections, to any server and with one trust.
final class RaceDialler: Sendable {
    private let trust: RaceConnections.Trust
    private let prepared = Mutex<NIOSSLContext?>(nil)

    /// A dialler that believes what `trust` says.
    init(_ trust: RaceConnections.Trust) { self.trust = trust }

    /// Connects, over whichever address of the server answers first, and shakes hands.
    /// - Throws: ``RaceObstacle``.
    func connect(to server: RaceDestination.Server, until deadline: NIODeadline) async throws -> RaceConnection {
        do {
            let tls = server.isSecure ? try context() : nil
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            // On the loop, so that nothing can happen to the channel before somebody looks at it.
            return try await loop.flatSubmit { Self.open(server, tls, on: loop, until: deadline) }.get()
        } catch {
            throw RaceObstacle(error)
        }
    }

    /// Reading the authorities takes a while, so it is done once, and only for servers that speak TLS.
    private func context() throws -> NIOSSLContext {
        try prepared.withLock { prepared in
            if let prepared { return prepared }
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            configuration.shutdownTimeout = .seconds(1)
            switch trust {
            case .machine: break
            case .file(let path): configuration.trustRoots = .file(path)
            case .anybody: configuration.certificateVerification = .none
            }
            prepared = try? NIOSSLContext(configuration: configuration)
            guard let prepared else { throw unreadable }
            return prepared
        }
    }

    private var unreadable: RaceObstacle {
        guard case .file(let path) = trust else { return RaceObstacle("TLS cannot be set up on this machine") }
        return RaceObstacle("\(path) holds no certificates that can be read (--ca wants them in PEM)")
    }

    private static func open(
        _ server: RaceDestination.Server,
        _ tls: NIOSSLContext?,
        on loop: any EventLoop,
        until deadline: NIODeadline
    ) -> EventLoopFuture<RaceConnection> {
        let address = try? SocketAddress(ipAddress: server.host, port: server.port)
        // An address is no name that could be asked for; the certificate has to bear the address then.
        let name = address == nil ? server.host : nil
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(deadline - .now())
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
                        try pipeline.addHandler(RaceHandshake(until: deadline))
                    }
                    try pipeline.addHandler(HTTPRequestEncoder())
                    try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
                    try pipeline.addHandler(RaceConversation())
                }
            }
        let connecting =
            address.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: server.host, port: server.port)
        return connecting.flatMap { ready($0, for: server) }
    }

    /// Runs on the loop of the channel; one that is closed by now has no handlers any more.
    private static func ready(
        _ channel: any Channel,
        for server: RaceDestination.Server
    ) -> EventLoopFuture<RaceConnection> {
        do {
            let pipeline = channel.pipeline.syncOperations
            let connection = RaceConnection(to: server, channel, try pipeline.handler(type: RaceConversation.self))
            guard server.isSecure else { return channel.eventLoop.makeSucceededFuture(connection) }
            guard let handshake = try pipeline.handler(type: RaceHandshake.self).outcome else {
                throw RaceObstacle.closedEarly
            }
            return handshake.map { connection }
        } catch {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(RaceObstacle.closedEarly)
        }
    }
}
