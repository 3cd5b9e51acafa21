import NIOCore
import NIOHTTP1

/// Sends one request when the connection is there, and gathers the answer.
final class CallHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let call: Call
    private let authority: String
    private let promise: EventLoopPromise<Reply>
    private var reply = Reply()

    /// A handler for one request.
    init(_ call: Call, to authority: String, promise: EventLoopPromise<Reply>) {
        self.call = call
        self.authority = authority
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: call.method), uri: call.path)
        head.headers.add(name: "Host", value: authority)
        head.headers.add(name: "Connection", value: "close")
        for field in call.fields { head.headers.add(name: field.name, value: field.value) }
        if let body = call.body {
            head.headers.add(name: "Content-Type", value: "application/json")
            head.headers.add(name: "Content-Length", value: String(body.count))
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body = call.body {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            reply.status = Int(head.status.code)
            reply.fields = head.headers.map { Call.Field($0.name, $0.value) }
        case .body(let piece):
            reply.body.append(contentsOf: piece.readableBytesView)
        case .end:
            promise.succeed(reply)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(CallFault(description: "the connection was closed before the answer was complete"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
