import NIOCore
import NIOHTTP1
import NIOSSL

/// The exchanges over one connection, one after another; everything in it happens on the connection's loop.
///
/// A connection where it is not certain that the next bytes belong to the next answer is closed.
final class RaceConversation: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// The longest body of an answer that is read, in bytes.
    private static let longestBody = 16 << 20
    private static let tooLong = RaceObstacle("the answer is longer than \(longestBody >> 20) MiB")

    private struct Exchange {
        let promise: EventLoopPromise<RaceReply>
        let timer: Scheduled<Void>
        let isHead: Bool
        let allowsAnother: Bool
        var isSent = false
        var head: HTTPResponseHead?
        var body: [UInt8] = []

        /// How long the body is going to be, as far as the header says so; 0 where none follows whatever it says.
        var announced: Int {
            guard let head, !isHead, head.status != .notModified else { return 0 }
            return head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        }
    }

    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var isOver = false

    /// Sends a request and keeps the promise, whatever happens; `notSent` says that not a byte has left.
    func begin(_ call: RaceCall, _ promise: EventLoopPromise<RaceReply>) {
        guard let context, context.channel.isActive, !isOver, exchange == nil else {
            return promise.succeed(.notSent(RaceObstacle.closedEarly.reason))
        }
        let timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: call.deadline) { [self] in
            giveUp(RaceObstacle.noAnswer)
        }
        let isHead = call.head.method == .HEAD
        exchange = Exchange(promise: promise, timer: timer, isHead: isHead, allowsAnother: call.head.isKeepAlive)
        context.write(wrapOutboundOut(.head(call.head)), promise: nil)
        if call.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(call.body))), promise: nil)
        }
        let end = context.eventLoop.makePromise(of: Void.self)
        end.futureResult.assumeIsolated().whenComplete { [self] in sent($0) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: end)
    }

    /// Remembers the way to the loop.
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    /// No promise is left open.
    func handlerRemoved(context: ChannelHandlerContext) {
        giveUp(RaceObstacle.closed)
        self.context = nil
    }

    /// Takes in a part of the answer; the decoder has dropped interim ones.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard exchange != nil else { return retire() }
        switch unwrapInboundIn(data) {
        case .head(let head):
            exchange?.head = head
            if let exchange, exchange.announced > Self.longestBody { giveUp(Self.tooLong) }
        case .body(let piece):
            exchange?.body.append(contentsOf: piece.readableBytesView)
            if let exchange, exchange.body.count > Self.longestBody { giveUp(Self.tooLong) }
        case .end:
            complete()
        }
    }

    /// The server went away; what it had to say was read before.
    func channelInactive(context: ChannelHandlerContext) {
        giveUp(RaceObstacle.closed)
        context.fireChannelInactive()
    }

    /// Whatever goes wrong, the connection cannot be used any more.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Where the framing says how long an answer is, it is the judge of what was cut off; the close follows.
        if let error = error as? NIOSSLError, error == .uncleanShutdown, !endsWithTheConnection { return }
        giveUp(error)
    }

    private var endsWithTheConnection: Bool {
        guard let headers = exchange?.head?.headers else { return false }
        return !headers.contains(name: "content-length") && !headers.contains(name: "transfer-encoding")
    }

    private func sent(_ result: Result<Void, any Error>) {
        switch result {
        case .success: exchange?.isSent = true
        case .failure(let error): giveUp(error)
        }
    }

    private func complete() {
        guard let exchange, let head = exchange.head else { return giveUp(RaceObstacle.closed) }
        let isHTTPStill = head.status != .switchingProtocols
        let fields = head.headers.map { RaceField($0.name, Self.trimmed($0.value)) }
        // The answer goes first: closing ends every exchange that is still open.
        finish(.answer(status: Int(head.status.code), fields: fields, body: exchange.body))
        if !(exchange.allowsAnother && exchange.isSent && head.isKeepAlive && isHTTPStill) { retire() }
    }

    /// The decoder leaves white space at the end, which is no part of a value (RFC 9110, section 5.5).
    private static func trimmed(_ value: String) -> String {
        let end = value.utf8.lastIndex { $0 != 0x20 && $0 != 0x09 }
        return end.map { String(value[...$0]) } ?? ""
    }

    private func giveUp(_ error: any Error) {
        finish(.noAnswer(RaceObstacle(error).reason))
        retire()
    }

    private func finish(_ reply: RaceReply) {
        guard let exchange else { return }
        self.exchange = nil
        exchange.timer.cancel()
        exchange.promise.succeed(reply)
    }

    private func retire() {
        guard !isOver else { return }
        isOver = true
        context?.close(promise: nil)
    }
}
