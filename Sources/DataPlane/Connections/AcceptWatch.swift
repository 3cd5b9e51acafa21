import NIOCore

#if canImport(Glibc)
import Glibc
#endif

/// Tells operators when clients cannot be let in; SwiftNIO then waits a second before it tries again.
final class AcceptWatch: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing more is said after a line was written.
    private static let pause = TimeAmount.minutes(1)

    private let log: @Sendable (LogLine) -> Void
    private var silentUntil: NIODeadline?

    /// Writes its lines with `log`.
    init(log: @escaping @Sendable (LogLine) -> Void) { self.log = log }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        tell(error)
        context.fireErrorCaught(error)
    }

    private func tell(_ error: any Error) {
        // A client that went away before it was let in is nobody's trouble.
        guard let error = error as? IOError, error.errnoCode != ECONNABORTED else { return }
        let now = NIODeadline.now()
        if let silentUntil, now < silentUntil { return }
        silentUntil = now + Self.pause
        let (reason, remedy) = Self.words(for: error.errnoCode)
        log(LogLine(.error, "clients cannot be let in", [("reason", reason), ("remedy", remedy)]))
    }

    private static func words(for code: CInt) -> (reason: String, remedy: String) {
        switch code {
        case EMFILE:
            ("the process has too many open files", "let it open more (ulimit -n, or LimitNOFILE of systemd)")
        case ENFILE: ("the system has too many open files", "let it open more (sysctl fs.file-max)")
        case ENOBUFS, ENOMEM: ("the system has no memory for connections", "free some")
        default: ("the network failed (error \(code))", "see the system's log")
        }
    }
}
