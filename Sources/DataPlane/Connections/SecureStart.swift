import NIOCore
import NIOSSL
import NIOTLS

/// The beginning of a TLS connection: reads the name the client asks for, then chooses the certificate.
enum SecureStart {
    /// Waits for the client's hello; TLS and the client connection follow it.
    static func prepare(_ channel: any Channel, on loop: LoopContext, address: ClientAddress) throws {
        // The handlers run on the loop that the context belongs to.
        let box = NIOLoopBound(loop, eventLoop: loop.loop)
        let names = ByteToMessageHandler(
            SNIHandler { result in
                channel.eventLoop.makeCompletedFuture { try begin(result, channel, box.value, address) }
            }
        )
        try channel.pipeline.syncOperations.addHandler(names)
        try channel.pipeline.syncOperations.addHandler(HelloGuard(nanoseconds: loop.snapshot.headTimeout))
    }

    private static func begin(
        _ result: SNIResult,
        _ channel: any Channel,
        _ loop: LoopContext,
        _ address: ClientAddress
    ) throws {
        var name: String?
        if case .hostname(let asked) = result { name = asked }
        guard let context = loop.snapshot.certificates?.context(for: name) else { throw ChannelError.eof }
        let pipeline = channel.pipeline.syncOperations
        let guardian = try pipeline.handler(type: HelloGuard.self)
        pipeline.removeHandler(guardian, promise: nil)
        try pipeline.addHandler(NIOSSLServerHandler(context: context))
        try pipeline.addHandler(ClientConnection(loop: loop, address: address, isSecure: true))
    }
}
