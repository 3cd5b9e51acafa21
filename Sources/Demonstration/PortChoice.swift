import NIOCore
import NIOPosix
package import Server

/// Chooses ports: those that were asked for, or the usual ones as long as nobody else has them.
package enum PortChoice {
    /// `wanted` whatever happens, else `usual` if it is free, else a free port on the same host.
    package static func endpoint(_ wanted: Endpoint?, default usual: Endpoint) async -> Endpoint {
        if let wanted { return wanted }
        return await isFree(usual) ? usual : Endpoint(host: usual.host, port: 0)
    }

    private static func isFree(_ endpoint: Endpoint) async -> Bool {
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        do {
            try await bootstrap.bind(host: endpoint.host, port: endpoint.port).get().close().get()
            return true
        } catch {
            return false
        }
    }
}
