import NIOCore

/// Ends TLS connections that do not say hello in time, or at all.
final class HelloGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let limit: TimeAmount
    private var alarm: Scheduled<Void>?

    /// A guard that waits for `nanoseconds`.
    init(nanoseconds: UInt64) { limit = .nanoseconds(Int64(clamping: nanoseconds)) }

    func handlerAdded(context: ChannelHandlerContext) {
        // The alarm goes off on the loop that owns the context.
        let box = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: limit) { box.value.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { alarm?.cancel() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
