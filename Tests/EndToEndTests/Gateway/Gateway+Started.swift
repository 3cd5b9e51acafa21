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
        loops: Int
    ) async throws -> (gateway: Gateway, port: Int) {
        let shared = SharedState(
            journal: journal,
            accessLog: AccessLog(),
            conflictMemory: configuration.gateway.conflictMemory,
            log: { _ in }
        )
        let gateway = try await Gateway(configuration, shared: shared, loops: loops)
        guard let port = try await gateway.listen(host: "127.0.0.1", port: 0)?.port else { throw NoPort() }
        return (gateway, port)
    }
}
