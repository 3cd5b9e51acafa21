import ConflictEngine
import ConsoleBasics
import DataPlane
import HTTPSemantics
import LLMGateway
import SQLiteStorage
import StoragePorts
import Synchronization

/// Tells the console what the gateway, the journal and the process know.
struct GatewayObserver: GatewayObserving {
    private let gateway: Gateway
    private let stores: ObservedStores
    private let seen: ObservedModels
    private let state: ServerState

    /// An observer of these parts.
    init(gateway: Gateway, stores: ObservedStores, models: ObservedModels, state: ServerState) {
        self.gateway = gateway
        self.stores = stores
        seen = models
        self.state = state
    }

    func status() async -> GatewayStatus {
        let now = DataPlane.WallClock.monotonic()
        let upstreams = gateway.snapshot.upstreams.map { upstream in
            UpstreamStatus(name: upstream.name, targets: upstream.targets.map { Self.status(of: $0, now: now) })
        }
        return GatewayStatus(
            version: Version.number,
            uptimeSeconds: state.uptime,
            configuration: state.configuration,
            upstreams: upstreams
        )
    }

    private static func status(of target: TargetPlan, now: UInt64) -> TargetStatus {
        let word = target.state.word(now: now)
        return TargetStatus(
            url: target.url,
            weight: target.weight,
            healthy: word == "healthy" || word == "returning",
            state: word,
            activeRequests: max(0, target.state.active.load(ordering: .relaxed)),
            requests: target.state.requests.load(ordering: .relaxed),
            failures: target.state.failed.load(ordering: .relaxed),
            lastError: target.state.lastFailure
        )
    }

    func metrics() async -> MetricsSnapshot {
        let traffic = await gateway.traffic()
        var snapshot = MetricsSnapshot(
            routes: traffic.routes.filter { !$0.requests.isEmpty || !$0.service.isEmpty }.map(Self.metrics),
            conflicts: traffic.routes.flatMap(Self.conflicts),
            clientConnections: traffic.clientConnections,
            upstreamConnections: traffic.upstreamConnections
        )
        let health = stores.journal.health
        snapshot.journalLagSeconds = Double(health.lag.wholeNanoseconds) / 1_000_000_000
        snapshot.journalDropped = health.dropped
        snapshot.journalDegraded = health.lastError?.summary
        snapshot.models = seen.accounts.metrics
        snapshot.guards = seen.accounts.guards
        snapshot.usageDropped = seen.writer.health.dropped
        snapshot.accessLogDropped = gateway.shared.accessLog.dropped
        return snapshot
    }

    private static func metrics(_ route: TrafficReport.RouteTraffic) -> RouteMetrics {
        let bounds = DataPlane.Histogram.bounds.map { Double($0) / 1_000_000_000 }
        var metrics = RouteMetrics(service: route.service, route: route.route, bounds: bounds)
        metrics.requests = route.requests.map { .init(method: $0.method, status: $0.status, count: $0.count) }
        metrics.requestDuration = histogram(route.durations, bounds)
        metrics.upstreamDuration = histogram(route.upstreamDurations, bounds)
        metrics.writeWait = histogram(route.waits, bounds)
        metrics.writeQueue = route.queued
        metrics.rateLimited = route.limited
        return metrics
    }

    private static func histogram(_ source: DataPlane.Histogram, _ bounds: [Double]) -> ConsoleBasics.Histogram {
        ConsoleBasics.Histogram(bounds: bounds, counts: source.counts, sum: Double(source.sum) / 1_000_000_000)
    }

    private static func conflicts(_ route: TrafficReport.RouteTraffic) -> [ConflictCount] {
        route.conflicts.map {
            ConflictCount(
                service: route.service,
                route: route.route,
                kind: $0.kind,
                origin: $0.origin,
                resolution: $0.resolution,
                count: $0.count
            )
        }
    }

    func locks() async -> [JSONObject] {
        guard let keeper = gateway.shared.locks else { return [] }
        return keeper.register.withTable { $0.all(now: DataPlane.WallClock.milliseconds()) }.map { lock in
            var document = lock.document
            document.set("id", to: .string(String(lock.token.description.dropFirst("urn:uuid:".count))))
            document.set("upstream", to: .string(lock.root.upstream))
            document.set("holder", to: lock.principal.map { .string($0) } ?? .null)
            return document
        }
    }

    func releaseLock(_ id: String) async -> Bool {
        guard let token = StateToken(uuid: Array(id.utf8)) else { return false }
        return gateway.shared.locks?.forceRelease(token) != nil
    }

    func models() async -> [JSONObject] { seen.shared.status?.models ?? [] }

    func providers() async -> [JSONObject] { await seen.providers() }

    func readiness() async -> Readiness {
        let isDraining = state.isDraining
        var parts = [Readiness.Part("gateway", isDraining ? .down : .ok, detail: isDraining ? "stopping" : nil)]
        let refused = state.configuration.lastError
        parts.append(Readiness.Part("configuration", refused == nil ? .ok : .degraded, detail: refused))
        parts += stores.parts
        parts.append(upstreamPart)
        return Readiness(isReady: !isDraining, isDraining: isDraining, parts: parts)
    }

    private var upstreamPart: Readiness.Part {
        let now = DataPlane.WallClock.monotonic()
        var unwell: [String] = []
        for upstream in gateway.snapshot.upstreams {
            for target in upstream.targets where target.state.word(now: now) != "healthy" { unwell.append(target.url) }
        }
        let detail = unwell.isEmpty ? nil : "not healthy: \(unwell.joined(separator: ", "))"
        return Readiness.Part("upstreams", unwell.isEmpty ? .ok : .degraded, detail: detail)
    }
}
