import NIOCore

/// Sends one request at a time and tells its promise the answer.
final class ClientConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ClientExchange
    typealias OutboundOut = ByteBuffer

    private var reader = ResponseReader()
    private var exchange: ClientExchange?
    private var deadline: Scheduled<Void>?

    /// A connection on which nothing was sent yet.
    init() {}

    /// Sends a request.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard context.channel.isActive else {
            promise?.fail(HTTPTestFault.closed)
            return exchange.promise.fail(HTTPTestFault.closed)
        }
        self.exchange = exchange
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: exchange.patience) { [self] in
            finish(.failure(.timedOut))
            context.close(promise: nil)
        }
        context.write(wrapOutboundOut(ByteBuffer(bytes: exchange.bytes)), promise: promise)
    }

    /// Takes in bytes of the answer.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.feed(unwrapInboundIn(data).readableBytesView)
        look(isClosed: false)
    }

    /// The other side closed; that may be how the answer ends.
    func channelInactive(context: ChannelHandlerContext) {
        look(isClosed: true)
        finish(.failure(.closed))
        context.fireChannelInactive()
    }

    /// A reset is as good as a close here.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func look(isClosed: Bool) {
        guard let exchange else { return }
        do throws(HTTPTestFault) {
            guard let answer = try reader.next(isHead: exchange.isHead, isClosed: isClosed) else { return }
            finish(.success(answer))
        } catch {
            finish(.failure(error))
        }
    }

    private func finish(_ result: Result<HTTPTestResponse, HTTPTestFault>) {
        deadline?.cancel()
        deadline = nil
        let promise = exchange?.promise
        exchange = nil
        promise?.completeWith(result.mapError { $0 })
    }
}
