import ConsoleBasics
import DataPlane
import Synchronization

/// What the process knows of itself: when it started, which configuration runs, whether it is stopping.
final class ServerState: Sendable {
    private struct State {
        var configuration: ConfigurationStatus
        var isDraining = false
    }

    private let started = DataPlane.WallClock.monotonic()
    private let state: Mutex<State>

    /// A process that has just loaded its first configuration.
    init(source: String, digest: String) {
        let status = ConfigurationStatus(
            source: source,
            digest: digest,
            loadedAt: DataPlane.WallClock.milliseconds()
        )
        state = Mutex(State(configuration: status))
    }

    /// Seconds since the start.
    var uptime: Double { Double(DataPlane.WallClock.monotonic() &- started) / 1_000_000_000 }

    /// The configuration that runs.
    var configuration: ConfigurationStatus { state.withLock { $0.configuration } }

    /// Whether the process is stopping.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// The process stops.
    func beginDraining() { state.withLock { $0.isDraining = true } }

    /// A configuration was loaded.
    func loaded(digest: String) {
        state.withLock { state in
            state.configuration.digest = digest
            state.configuration.loadedAt = DataPlane.WallClock.milliseconds()
            state.configuration.lastError = nil
        }
    }

    /// A configuration was refused.
    func refused(_ reason: String) {
        state.withLock { $0.configuration.lastError = reason }
    }
}
