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
    /// Unpredictable numbers.
    var random = RandomPool()
    /// Memory for what is written to clients.
    var clientScratch: ByteBuffer
    /// Memory for what is written to upstreams.
    var upstreamScratch: ByteBuffer
    /// Client connections on this loop.
    var clients: [ObjectIdentifier: ClientConnection] = [:]
    /// Whether the process is shutting down: answers close their connections.
    var isDraining = false

    private var isTicking = false
    private var dateSecond: Int64 = -1
    private var dateBytes: [UInt8] = []

    /// How often deadlines are looked at.
    private static let tick = TimeAmount.milliseconds(40)

    /// Puts a loop's parts together; call on the loop.
    init(loop: any EventLoop, shared: SharedState, snapshot: Snapshot) {
        self.loop = loop
        self.shared = shared
        self.snapshot = snapshot
        pools = UpstreamPools()
        clientScratch = ByteBufferAllocator().buffer(capacity: 16 * 1024)
        upstreamScratch = ByteBufferAllocator().buffer(capacity: 16 * 1024)
    }

    /// Puts an owner under watch and makes sure the clock ticks.
    func watch(_ owner: any DeadlineOwner) {
        deadlines.add(owner)
        guard !isTicking else { return }
        isTicking = true
        scheduleTick()
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

    /// The `Date` value of this second.
    func date() -> [UInt8] {
        let second = WallClock.milliseconds() / 1000
        if second != dateSecond {
            dateSecond = second
            dateBytes = HTTPDate.bytes(second)
        }
        return dateBytes
    }
}
