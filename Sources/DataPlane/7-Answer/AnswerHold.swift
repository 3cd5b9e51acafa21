import NIOCore

/// An answer whose head is held back while the first bytes of its body are gathered.
final class AnswerHold: DeadlineOwner {
    var deadlineIndex = -1
    /// The bytes gathered.
    private(set) var body: ByteBuffer
    /// Whether they are all there are.
    var isComplete = false
    /// Bytes after which nothing more is gathered.
    let limit: Int

    private let loop: LoopContext
    private var onDeadline: (() -> Void)?

    /// Holds until `limit` bytes, the end, or `nanoseconds` from now; `onDeadline` is called for the last.
    init(limit: Int, nanoseconds: UInt64, on loop: LoopContext, onDeadline: @escaping () -> Void) {
        self.limit = limit
        self.loop = loop
        self.onDeadline = onDeadline
        body = ByteBuffer()
        loop.watch(self)
        loop.deadlines.set(self, WallClock.monotonic() &+ nanoseconds)
    }

    /// Gathers a piece; true when there is enough.
    func take(_ piece: ByteBuffer) -> Bool {
        body.writeImmutableBuffer(piece)
        return body.readableBytes >= limit
    }

    /// The bytes as an array.
    var bytes: [UInt8] { Array(buffer: body) }

    /// Lets go of the clock.
    func release() {
        onDeadline = nil
        loop.deadlines.remove(self)
    }

    func deadlinePassed(now: UInt64) {
        let act = onDeadline
        release()
        act?()
    }
}
