import Catalog
import ConfigurationReading
import ConsoleBasics
import DataPlane
import Glibc
import NIOCore
import SQLiteStorage
import Synchronization
import UnixSignals

/// The whole program: gateway, console, journal, and what keeps them together.
package final class ParleyServer: Sendable {
    private let settings: Settings
    private let source: ConfigurationSource
    private let state: ServerState
    private let parts: Assembly

    /// Builds every part and opens nothing yet.
    /// - Throws: ``StartFault``.
    package init(_ settings: Settings) async throws {
        self.settings = settings
        source = ConfigurationSource(path: settings.configurationFile)
        guard settings.console.isLoopback || settings.consoleToken != nil else {
            throw StartFault(
                "The console would listen on \(settings.console.authority) without a token. "
                    + "Set PARLEY_CONSOLE_TOKEN, or listen on 127.0.0.1."
            )
        }
        let reading = try source.read()
        for finding in reading.findings { OperatorLog.text(Array((finding.rendered + "\n").utf8)) }
        guard let configuration = reading.configuration else {
            throw StartFault("The configuration \(settings.configurationFile) has errors; mend them and start again.")
        }
        state = ServerState(source: settings.configurationFile, digest: reading.digest)
        parts = try await Assembly(settings, configuration, state: state)
    }

    /// What runs beside the server once both ports accept; a code that it returns ends the server with that code.
    package typealias Companion = @Sendable (_ gateway: Endpoint, _ console: Endpoint) async -> Int32?

    /// Opens the ports, says so on standard output, and serves until it is told to stop.
    /// - Returns: The exit code.
    package func run(beside companion: Companion? = nil) async throws -> Int32 {
        raiseFileLimit()
        // Before anything is open: whoever stops a server that has just said `ready`, or is about to, stops it in order.
        let signals = await UnixSignalsSequence(trapping: .sighup, .sigterm, .sigint)
        let address = try await parts.openGateway(settings.gateway)
        let parts = parts
        let accessLog = AccessLogThread(for: parts.shared.accessLog)
        accessLog.start()
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            let console = ConsoleRunner(parts)
            group.addTask { try await console.run(settings: self.settings) }
            group.addTask {
                await parts.writer.run(); return nil
            }
            group.addTask {
                await parts.recorder.run(); return nil
            }
            group.addTask {
                await parts.usageWriter.run(); return nil
            }
            group.addTask {
                guard let endpoint = await console.address() else { return nil }
                let gateway = self.announce(gateway: address, console: endpoint)
                ProgramPages.giveBack()
                return await companion?(gateway, endpoint)
            }
            group.addTask {
                await self.watchFile(); return nil
            }
            group.addTask {
                await LedgerPruning(parts.ledger, parts.locks, in: parts.lockStore).run(); return nil
            }
            group.addTask { await self.follow(signals) }
            defer { group.cancelAll() }
            while let code = try await group.next() {
                if let code {
                    await parts.writer.flush()
                    await parts.usageWriter.flush()
                    accessLog.stop()
                    return code
                }
            }
            return 0
        }
    }

    /// Says that both ports accept; returns where the gateway listens.
    private func announce(gateway: SocketAddress?, console: Endpoint) -> Endpoint {
        let scheme = parts.gateway.speaksTLS ? "https" : "http"
        let port = gateway?.port ?? settings.gateway.port
        let endpoint = Endpoint(host: settings.gateway.host, port: port)
        let line = "ready gateway=\(scheme)://\(endpoint.authority) console=http://\(console.authority)\n"
        _ = unsafe Array(line.utf8).withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
        return endpoint
    }

    /// Lets the process open as many connections as the system allows it.
    private func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    // MARK: Signals

    /// Reloads on SIGHUP; stops on the first SIGTERM or SIGINT, and at once on the second.
    private func follow(_ signals: UnixSignalsSequence) async -> Int32? {
        let (stops, asked) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask {
                var isStopping = false
                for await signal in signals {
                    if signal == .sighup {
                        self.reload(because: "SIGHUP")
                    } else if isStopping {
                        _exit(1)
                    } else {
                        isStopping = true
                        asked.yield()
                    }
                }
                return nil
            }
            group.addTask {
                for await _ in stops {
                    await self.stop()
                    return 0
                }
                return nil
            }
            for await code in group {
                guard let code else { continue }
                group.cancelAll()
                return code
            }
            return nil
        }
    }

    private func stop() async {
        OperatorLog.write(LogLine(.notice, "stopping"))
        state.beginDraining()
        if settings.drainDelay > .zero { try? await Task.sleep(for: settings.drainDelay) }  // cut short only by the end
        await parts.gateway.drain(within: .seconds(30))
    }

    // MARK: Reload

    /// Looks at the file a few times a second and reloads once it has been quiet for 200 ms.
    private func watchFile() async {
        var seen = source.fingerprint()
        var changed: String?
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))  // cancelled: the loop ends by itself
            let now = source.fingerprint()
            if now == seen {
                changed = nil
            } else if changed == now {
                seen = now
                changed = nil
                if now != "missing" { reload(because: "file changed") }
            } else {
                changed = now
                try? await Task.sleep(for: .milliseconds(100))  // cancelled: the loop ends by itself
            }
        }
    }

    /// Reads the file again; a bad one is refused whole, and the old configuration stays.
    private func reload(because reason: String) {
        do {
            let reading = try source.read()
            for finding in reading.findings { OperatorLog.text(Array((finding.rendered + "\n").utf8)) }
            guard let configuration = reading.configuration else {
                return refuse(reading.refusal, digest: reading.digest)
            }
            try parts.apply(configuration)
            state.loaded(digest: reading.digest)
            OperatorLog.write(LogLine(.info, "configuration loaded", [("reason", reason), ("digest", reading.digest)]))
        } catch let fault as StartFault {
            refuse(fault.message, digest: nil)
        } catch let fault as CompileFault {
            refuse(fault.reason, digest: nil)
        } catch {
            refuse("\(error)", digest: nil)
        }
    }

    private func refuse(_ reason: String, digest: String?) {
        state.refused(reason)
        OperatorLog.write(LogLine(.error, "configuration refused, the old one stays", [("reason", reason)]))
    }
}
