import Catalog
import DataPlane
import NIOCore
import StoragePorts

extension Gateway {
    /// A gateway that listens nowhere.
    struct NoPort: Error {}

    /// A gateway that listens on a free port, and the port.
    static func started(
        _ configuration: Configuration,
        journal: any ConflictRecording,
        loops: Int,
        ledger: (any IdempotencyLedger)? = nil,
        locks: (any LockStore)? = nil
    ) async throws -> (gateway: Gateway, port: Int) {
        let shared = SharedState(
            journal: journal,
            accessLog: AccessLog(),
            conflictMemory: configuration.gateway.conflictMemory,
            ledger: ledger,
            locks: try locks.map { store in try LockKeeper(store) { _ in } },
            log: { _ in }
        )
        let gateway = try await Gateway(configuration, shared: shared, loops: loops)
        guard let port = try await gateway.listen(host: "127.0.0.1", port: 0)?.port else { throw NoPort() }
        return (gateway, port)
    }
}
