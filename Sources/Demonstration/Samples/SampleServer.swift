import Hummingbird
import Logging
import NIOCore
import Server

/// Serves a sample API on a free port that only this machine can reach.
struct SampleServer: Sendable {
    private static let host = "127.0.0.1"
    private let api: any SampleAPI
    private let endpoints: AsyncStream<Endpoint>
    private let announced: AsyncStream<Endpoint>.Continuation

    /// A server that is not running yet.
    init(_ api: any SampleAPI) {
        self.api = api
        (endpoints, announced) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Serves until cancelled.
    func run() async throws {
        defer { announced.finish() }
        let router = Router(context: BasicRequestContext.self)
        api.addRoutes(to: router)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(Self.host, port: 0), serverName: nil),
            onServerRunning: { channel in
                announced.yield(Endpoint(host: Self.host, port: channel.localAddress?.port ?? 0))
            },
            logger: Logger(label: "sample", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        do {
            try await application.run()
        } catch is CancellationError {
            return
        }
    }

    /// Where it serves, once it does.
    /// - Throws: ``StartFault`` if it never will.
    func endpoint() async throws(StartFault) -> Endpoint {
        for await endpoint in endpoints { return endpoint }
        throw StartFault("A sample API cannot listen on \(Self.host).")
    }
}
