import NIOCore

/// A connection to one server, TLS included.
struct RaceConnection: Sendable {
    /// The server.
    let server: RaceDestination.Server
    private let channel: any Channel
    private let conversation: NIOLoopBound<RaceConversation>

    /// A connection that stands; to be made on its own loop.
    init(to server: RaceDestination.Server, _ channel: any Channel, _ conversation: RaceConversation) {
        self.server = server
        self.channel = channel
        self.conversation = NIOLoopBound(conversation, eventLoop: channel.eventLoop)
    }

    /// Sends a request and waits for the whole answer, or for the deadline; goes away with the task.
    func exchange(_ call: RaceCall) async -> RaceReply {
        let promise = channel.eventLoop.makePromise(of: RaceReply.self)
        channel.eventLoop.execute { conversation.value.begin(call, promise) }
        return await withTaskCancellationHandler {
            do {
                return try await promise.futureResult.get()
            } catch {
                return .noAnswer(RaceObstacle(error).reason)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Closes the connection, in the order that TLS wants.
    @discardableResult
    func close() -> EventLoopFuture<Void> { channel.close() }
}
