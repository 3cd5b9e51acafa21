import ConsoleAPI
import ConsoleBasics
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Portal

/// Serves the console on its own loop, apart from the gateway's.
struct ConsoleRunner: Sendable {
    private let parts: Assembly
    private let addresses: AsyncStream<Endpoint>
    private let announced: AsyncStream<Endpoint>.Continuation

    /// A runner of the parts' API and pages.
    init(_ parts: Assembly) {
        self.parts = parts
        (addresses, announced) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Serves until cancelled.
    func run(settings: Settings) async throws -> Int32? {
        let router = ConsoleRouter.guarded(by: settings.consoleToken)
        parts.api.addRoutes(to: router)
        parts.portal.addRoutes(to: router)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var logger = Logger(label: "console", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.console.host, port: settings.console.port),
                serverName: nil
            ),
            onServerRunning: { channel in
                announced.yield(Endpoint(host: settings.console.host, port: channel.localAddress?.port ?? 0))
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
        do {
            try await application.run()
        } catch is CancellationError {
            return nil
        } catch {
            throw StartFault(
                "The console cannot listen on \(settings.console.authority): \(ListenFault.reason(error)). "
                    + "Choose another with --console HOST:PORT."
            )
        }
        return nil
    }

    /// Where the console listens, once it does.
    func address() async -> Endpoint? {
        for await address in addresses { return address }
        return nil
    }
}
