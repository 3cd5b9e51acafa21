import NIOCore
import NIOSSL
import NIOTLS

/// What TLS tells the rest of a pipeline.
enum TLSEvents {
    /// Whether an event says that the handshake is done.
    static func isHandshakeComplete(_ event: Any) -> Bool {
        guard let event = event as? TLSUserEvent, case .handshakeCompleted = event else { return false }
        return true
    }

    /// A reason for people why a connection failed; holds no secrets.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOSSLError:
            if case .handshakeFailed(let cause) = error {
                return "the TLS handshake failed: \(cause)"
            }
            return "TLS: \(error)"
        case is NIOSSLExtraError: return "the certificate does not fit the host: \(error)"
        case let error as BoringSSLError: return "TLS: \(error)"
        case let error as IOError: return error.description
        case let error as ChannelError:
            if case .connectTimeout(let limit) = error {
                return "no connection within \(limit.nanoseconds / 1_000_000) ms"
            }
            return "\(error)"
        default: return "\(error)"
        }
    }
}
