import DataPlane
import Foundation

/// Writes the access log a few times a second, on a thread of its own: a reader that stalls holds up nothing else.
final class AccessLogThread: Sendable {
    private let log: AccessLog
    private let wakings = DispatchSemaphore(value: 0)
    private let ends = DispatchSemaphore(value: 0)

    /// A thread for `log`, which does not run yet.
    init(for log: AccessLog) { self.log = log }

    /// Begins.
    func start() {
        Thread.detachNewThread { [self] in
            while wakings.wait(timeout: .now() + .milliseconds(200)) == .timedOut { flush() }
            flush()
            ends.signal()
        }
    }

    /// Writes what waits and ends; whoever stops the server waits for a reader for two seconds only.
    func stop() {
        wakings.signal()
        _ = ends.wait(timeout: .now() + .seconds(2))
    }

    private func flush() {
        if let line = log.flush() { OperatorLog.write(line) }
    }
}
