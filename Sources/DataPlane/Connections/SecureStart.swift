import NIOCore
import NIOSSL
import NIOTLS

/// The beginning of a TLS connection: reads the name the client asks for, then chooses the certificate.
enum SecureStart {
    /// A handler that replaces itself with TLS and the client connection.
    static func handler(on channel: any Channel, for loop: LoopContext, address: ClientAddress) -> ByteToMessageHandler<SNIHandler> {
        // The handler runs on the loop that the context belongs to.
        let box = NIOLoopBound(loop, eventLoop: loop.loop)
        return ByteToMessageHandler(
            SNIHandler { result in
                channel.eventLoop.makeCompletedFuture { try begin(result, channel, box.value, address) }
            })
    }

    private static func begin(
        _ result: SNIResult, _ channel: any Channel, _ loop: LoopContext, _ address: ClientAddress
    ) throws {
        var name: String?
        if case .hostname(let asked) = result { name = asked }
        guard let context = loop.snapshot.certificates?.context(for: name) else { throw ChannelError.eof }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(NIOSSLServerHandler(context: context))
        try pipeline.addHandler(ClientConnection(loop: loop, address: address, isSecure: true))
    }
}
