package import ConsoleBasics
import HTTPSemantics
package import Hummingbird
package import StoragePorts

/// The console's documents for programs: health, metrics, status and the journal (contract, section 5).
package struct ConsoleAPI: Sendable {
    private let gateway: any GatewayObserving
    /// The journal and its counts over time, which the documents are made from.
    let journal: any ConflictJournal & ConflictAnalytics
    /// The clock that durations count back from.
    let now: WallClock

    /// An API over the running gateway and its journal.
    package init(
        gateway: any GatewayObserving,
        journal: any ConflictJournal & ConflictAnalytics,
        now: @escaping WallClock
    ) {
        self.gateway = gateway
        self.journal = journal
        self.now = now
    }

    /// Adds the routes of the API to a console.
    package func addRoutes(to router: Router<ConsoleRouter.Context>) {
        router.get("/healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("/readyz") { _, _ in await readiness() }
        router.get("/metrics") { _, _ in await metrics() }
        router.get("/api/v1/status") { _, _ in Response.json(StatusDocument(await gateway.status()).json) }
        router.get("/api/v1/conflicts") { request, _ in try await conflicts(request) }
        router.get("/api/v1/conflicts/summary") { request, _ in try await summary(request) }
        router.get("/api/v1/conflicts/:id") { request, context in try await conflict(request, context) }
        router.get("/api/v1/locks") { _, _ in Response.json(await LocksDocument(gateway.locks()).json) }
        router.delete("/api/v1/locks/:id") { _, context in try await releaseLock(context) }
        router.get("/api/v1/analytics") { request, _ in try await analytics(request) }
    }

    /// `GET /readyz`: 503 only when traffic cannot be served; parts that limp are named either way.
    private func readiness() async -> Response {
        let readiness = await gateway.readiness()
        return .json(ReadinessDocument(readiness).json, status: readiness.isReady ? .ok : .serviceUnavailable)
    }

    /// `DELETE /api/v1/locks/{id}`: ends a lock whoever holds it.
    private func releaseLock(_ context: ConsoleRouter.Context) async throws -> Response {
        let id = try context.parameters.require("id")
        guard await gateway.releaseLock(id) else {
            throw ConsoleProblem.notFound("No lock called «\(id)» is held; it has expired or been released.")
        }
        return Response(status: .noContent)
    }

    /// `GET /metrics`, in Prometheus' text format.
    private func metrics() async -> Response {
        let status = await gateway.status()
        let snapshot = await gateway.metrics()
        let exposition = Exposition(snapshot: snapshot, process: ProcessUsage.current(), version: status.version)
        return .text(PrometheusText.text(of: exposition), type: PrometheusText.mediaType)
    }
}
