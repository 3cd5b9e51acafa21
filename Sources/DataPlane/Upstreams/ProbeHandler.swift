import Catalog
import HTTPWire
import NIOCore

/// Sends one GET and says whether the answer's status is 2xx or 3xx.
final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: [UInt8]
    private let promise: EventLoopPromise<Bool>
    private var head = MessageHead(.answer)

    /// A probe that keeps `promise`.
    init(target: TargetPlan, upstream: UpstreamPlan, path: String, promise: EventLoopPromise<Bool>) {
        var host = target.authority
        if case .named(let name) = upstream.host { host = Array(name.utf8) }
        request =
            Array("GET ".utf8) + target.pathPrefix + Array("\(path) HTTP/1.1\r\nHost: ".utf8) + host
            + Array("\r\nUser-Agent: parley-health\r\nConnection: close\r\n\r\n".utf8)
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        do throws(WireFault) {
            let (progress, _) = try head.take(bytes.readableBytes, from: bytes.readableBytesSpan)
            if progress == .complete { promise.succeed((200..<400).contains(head.status)) }
        } catch {
            promise.succeed(false)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.succeed(false)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.succeed(false)
        context.close(promise: nil)
    }
}
