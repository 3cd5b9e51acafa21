import NIOCore
import NIOTLS

/// Tells whether and when TLS stands on a new connection.
final class RaceHandshake: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let deadline: NIODeadline
    private var promise: EventLoopPromise<Void>?
    private var timer: Scheduled<Void>?

    /// A handshake that has to be done by `deadline`.
    init(until deadline: NIODeadline) { self.deadline = deadline }

    /// Done with the handshake, or failed with what stopped it; `nil` until the handler is in a pipeline.
    private(set) var outcome: EventLoopFuture<Void>?

    /// Starts the clock.
    func handlerAdded(context: ChannelHandlerContext) {
        let promise = context.eventLoop.makePromise(of: Void.self)
        (self.promise, outcome) = (promise, promise.futureResult)
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            finish(.failure(RaceObstacle.noHandshake))
            context.close(promise: nil)
        }
    }

    /// Nothing comes any more.
    func handlerRemoved(context: ChannelHandlerContext) { finish(.failure(RaceObstacle.closedEarly)) }

    /// Looks out for the end of the handshake.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event { finish(.success(())) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Keeps the reason, of which only the first one counts.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(.failure(error))
        context.fireErrorCaught(error)
    }

    private func finish(_ result: Result<Void, any Error>) {
        timer?.cancel()
        timer = nil
        promise?.completeWith(result)
        promise = nil
    }
}
