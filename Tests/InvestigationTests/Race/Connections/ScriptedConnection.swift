import NIOCore
import NIOSSL

/// One connection of a ``ScriptedServer``.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let readsBodies: Bool
    private let step: (String) -> ScriptedServer.Step
    private var received = ""

    /// A connection on which every request is met with a step.
    init(readsBodies: Bool, _ step: @escaping (String) -> ScriptedServer.Step) {
        (self.readsBodies, self.step) = (readsBodies, step)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let request = nextRequest() {
            if !readsBodies { context.channel.setOption(.autoRead, value: false).whenComplete { _ in } }
            take(step(request), context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func take(_ step: ScriptedServer.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .send(let answer):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        case .sendLast(let answer):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            context.close(mode: .output, promise: nil)
        case .close(let answer):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            context.close(promise: nil)
        case .cut(let answer):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
            (tls ?? context).close(promise: nil)
        }
    }

    /// Head and body, or the head alone where bodies are not read.
    private func nextRequest() -> String? {
        guard let blank = received.utf8.firstRange(of: "\r\n\r\n".utf8) else { return nil }
        let head = String(received[..<blank.lowerBound])
        guard readsBodies else {
            received = ""
            return head
        }
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        let count = length.flatMap { Int($0.dropFirst(16)) } ?? 0
        let body = received.utf8[blank.upperBound...].prefix(count)
        guard body.count == count else { return nil }
        received = String(Substring(received.utf8[blank.upperBound...].dropFirst(count)))
        return head + "\r\n\r\n" + String(Substring(body))
    }
}
