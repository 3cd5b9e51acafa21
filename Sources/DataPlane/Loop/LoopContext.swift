import HTTPSemantics
import NIOCore

/// All that lives on one event loop: its pools, counters, clock and scratch memory.
///
/// Touched only from its own loop; nothing here is shared with another.
final class LoopContext {
    /// The loop.
    let loop: any EventLoop
    /// What the whole process shares.
    let shared: SharedState
    /// What runs now on this loop.
    var snapshot: Snapshot
    /// Deadlines of this loop's connections.
    let deadlines = DeadlineTable()
    /// Pooled connections towards upstreams.
    let pools: UpstreamPools
    /// What this loop has counted.
    let meters = LoopMeters()
    /// Numbers for identifiers and choices by chance.
    var random = FastRandom()
    /// Client connections on this loop.
    var clients: [ObjectIdentifier: ClientConnection] = [:]
    /// Whether the process is shutting down: answers close their connections.
    var isDraining = false

    private var isTicking = false
    private var unflushedClients: [ClientConnection] = []
    private var unflushedUpstreams: [UpstreamConnection] = []
    private var isTurnEndPlanned = false
    private var turnTime: UInt64 = 0
    private var turnMilliseconds: Int64 = 0
    private var buffers: [ByteBuffer] = []
    private var dateSecond: Int64 = -1
    private var dateBytes: [UInt8] = []

    /// How often deadlines are looked at.
    private static let tick = TimeAmount.milliseconds(40)
    /// Bytes a fresh buffer has room for.
    private static let bufferSize = 4096
    /// Buffers kept for later at most.
    private static let spareBuffers = 256

    /// Puts a loop's parts together; call on the loop.
    init(loop: any EventLoop, shared: SharedState, snapshot: Snapshot) {
        self.loop = loop
        self.shared = shared
        self.snapshot = snapshot
        pools = UpstreamPools()
    }

    /// Puts an owner under watch and makes sure the clock ticks.
    func watch(_ owner: any DeadlineOwner) {
        deadlines.add(owner)
        guard !isTicking else { return }
        isTicking = true
        scheduleTick()
    }

    // MARK: Output

    /// An empty buffer, used before where there is one.
    func takeBuffer() -> ByteBuffer {
        if var buffer = buffers.popLast() {
            // Only now: whoever sent it has let go of it, and memory that is held elsewhere would be taken anew.
            buffer.clear()
            return buffer
        }
        return ByteBufferAllocator().buffer(capacity: Self.bufferSize)
    }

    /// Sends what was taken out of an outbox, if anything, behind what was written before; the memory is used again.
    func send(_ bytes: ByteBuffer?, through context: ChannelHandlerContext?) {
        guard let bytes else {
            context?.flush()
            return
        }
        context?.writeAndFlush(NIOAny(bytes), promise: nil)
        giveBack(bytes)
    }

    /// Takes a buffer back for the next one who needs one.
    private func giveBack(_ buffer: ByteBuffer) {
        guard buffers.count < Self.spareBuffers, buffer.capacity <= 4 * Self.bufferSize else { return }
        buffers.append(buffer)
    }

    /// Has a client's output flushed once all that the loop was told of has been looked at.
    ///
    /// Output that leaves together wakes the peers less often; and a connection that its upstream has closed, or on
    /// which it spoke out of turn, is found out before a request is sent on it.
    func flushSoon(_ client: ClientConnection) {
        unflushedClients.append(client)
        planTurnEnd()
    }

    /// Has a request flushed once all that the loop was told of has been looked at.
    func flushSoon(_ upstream: UpstreamConnection) {
        unflushedUpstreams.append(upstream)
        planTurnEnd()
    }

    private func planTurnEnd() {
        guard !isTurnEndPlanned else { return }
        isTurnEndPlanned = true
        let box = NIOLoopBound(self, eventLoop: loop)
        loop.execute { box.value.endTurn() }
    }

    /// The loop has looked at all it was told of.
    private func endTurn() {
        // A flush may make room for more output, which joins the end.
        var upstreams = 0
        var clients = 0
        while upstreams < unflushedUpstreams.count || clients < unflushedClients.count {
            if upstreams < unflushedUpstreams.count {
                unflushedUpstreams[upstreams].flushNow()
                upstreams += 1
            } else {
                unflushedClients[clients].flushNow()
                clients += 1
            }
        }
        unflushedUpstreams.removeAll(keepingCapacity: true)
        unflushedClients.removeAll(keepingCapacity: true)
        isTurnEndPlanned = false
        turnTime = 0
        turnMilliseconds = 0
    }

    // MARK: Time

    /// When this turn of the loop began, or nearly so (ns on the clock that only runs forward).
    ///
    /// One reading serves all that happens in a turn. Whatever must be put in order with other loops reads the clock
    /// itself.
    var now: UInt64 {
        if turnTime == 0 {
            turnTime = WallClock.monotonic()
            planTurnEnd()
        }
        return turnTime
    }

    /// The calendar's time of this turn of the loop, in milliseconds since 1970.
    var milliseconds: Int64 {
        if turnMilliseconds == 0 {
            turnMilliseconds = WallClock.milliseconds()
            planTurnEnd()
        }
        return turnMilliseconds
    }

    private func scheduleTick() {
        // The loop owns this context for as long as it runs, and the closure runs on that loop.
        let box = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: Self.tick) { box.value.ticked() }
    }

    private func ticked() {
        let now = WallClock.monotonic()
        deadlines.fire(now: now)
        pools.reap(now: now)
        if deadlines.isEmpty {
            isTicking = false
        } else {
            scheduleTick()
        }
    }

    // MARK: Health

    /// Counts a failure against a target, and says so when that takes it out.
    func note(_ failure: String, against target: TargetPlan) {
        guard target.state.failed(failure, now: WallClock.monotonic()) else { return }
        shared.log(LogLine(.warning, "target ejected", [("target", target.url), ("reason", failure)]))
    }

    /// The `Date` value of this second.
    func date() -> [UInt8] {
        let second = milliseconds / 1000
        if second != dateSecond {
            dateSecond = second
            dateBytes = HTTPDate.bytes(second)
        }
        return dateBytes
    }
}
