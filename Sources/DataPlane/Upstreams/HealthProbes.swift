import Catalog
import NIOCore
import NIOPosix
import Synchronization

/// Asks the targets of upstreams with a health check how they are, once per process.
final class HealthProbes: Sendable {
    private let loop: any EventLoop
    private let jobs: [(plan: TargetPlan, check: HealthCheck, upstream: UpstreamPlan)]
    private let log: @Sendable (LogLine) -> Void
    private let tasks = Mutex<[RepeatedTask]>([])

    /// Prepares probes of all targets whose upstream has a check.
    init(_ upstreams: [UpstreamPlan], on group: MultiThreadedEventLoopGroup, log: @escaping @Sendable (LogLine) -> Void)
    {
        loop = group.next()
        self.log = log
        jobs = upstreams.flatMap { upstream in
            upstream.health.map { check in upstream.targets.map { ($0, check, upstream) } } ?? []
        }
    }

    /// Begins probing.
    func start() {
        let started = jobs.map { job in
            let tally = NIOLoopBoundBox.makeBoxSendingValue(ProbeTally(), eventLoop: loop)
            return loop.scheduleRepeatedAsyncTask(
                initialDelay: .zero,
                delay: .nanoseconds(Int64(clamping: job.check.interval.wholeNanoseconds))
            ) { [loop, log] _ in
                Self.probe(job.plan, job.upstream, job.check, on: loop).map { isWell in
                    guard let isWell, let verdict = tally.value.count(isWell, job.check) else { return }
                    job.plan.state.probed(healthy: verdict)
                    log(
                        LogLine(
                            verdict ? .notice : .warning,
                            verdict ? "target is healthy" : "target is unhealthy",
                            [("upstream", job.upstream.name), ("target", job.plan.url)]
                        )
                    )
                }
            }
        }
        tasks.withLock { $0 = started }
    }

    /// Stops probing.
    func stop() {
        for task in tasks.withLock({ $0 }) { task.cancel() }
    }

    /// Whether the target is well; `nil` if the gateway lacked something to ask with.
    private static func probe(
        _ target: TargetPlan,
        _ upstream: UpstreamPlan,
        _ check: HealthCheck,
        on loop: any EventLoop
    ) -> EventLoopFuture<Bool?> {
        let promise = loop.makePromise(of: Bool.self)
        let limit = Int64(clamping: check.timeout.wholeNanoseconds)
        let probe = ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(limit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls = target.tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                    try channel.pipeline.syncOperations.addHandler(
                        ProbeHandler(target: target, upstream: upstream, path: check.path, promise: promise)
                    )
                }
            }
            .connect(host: target.host, port: target.port)
        probe.whenFailure { ConnectionFailure.isOwn($0) ? promise.fail($0) : promise.succeed(false) }
        let limitTask = loop.scheduleTask(in: .nanoseconds(limit)) { promise.succeed(false) }
        probe.whenSuccess { channel in
            promise.futureResult.whenComplete { _ in
                limitTask.cancel()
                channel.close(promise: nil)
            }
        }
        return promise.futureResult.map { $0 }.recover { _ in nil }
    }
}
