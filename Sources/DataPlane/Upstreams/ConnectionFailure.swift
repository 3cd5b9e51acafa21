import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Why a connection failed, in words that may go to clients: no host, no address, nothing of a library's own.
enum ConnectionFailure {
    /// The fault that a connection which could not be made is.
    static func fault(_ error: any Error) -> UpstreamFault {
        isOwn(error) ? .shortage(reason(error)) : .unreachable(reason(error))
    }

    /// Whether the gateway lacked something to connect with, which says nothing about the upstream.
    static func isOwn(_ error: any Error) -> Bool {
        switch error {
        case let error as NIOConnectionError: error.connectionErrors.last.map { isOwn($0.error) } ?? false
        case let error as IOError: [EMFILE, ENFILE, EADDRNOTAVAIL].contains(error.errnoCode)
        default: false
        }
    }

    /// The words, to stand after a colon.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError: reason(error)
        case is SocketAddressError.UnknownHost: unknownName
        case let error as IOError: reason(error.errnoCode)
        case let error as ChannelError: reason(error)
        case let error as NIOSSLError: reason(error)
        case let error as BoringSSLError: handshake(error)
        case is NIOSSLExtraError: "its TLS certificate is for another host"
        default: "the network failed"
        }
    }

    private static let unknownName = "its host name is not known"
    private static let late = "it did not answer in time"

    private static func reason(_ error: NIOConnectionError) -> String {
        // Every address of a name was tried; the last failure is as good as any.
        error.connectionErrors.last.map { reason($0.error) } ?? unknownName
    }

    private static func reason(_ code: CInt) -> String {
        switch code {
        case ECONNREFUSED: "connection refused"
        case ECONNRESET, ECONNABORTED: "connection reset"
        case EPIPE: "the connection was closed"
        case ETIMEDOUT: late
        case EHOSTUNREACH, EHOSTDOWN: "its host cannot be reached"
        case ENETUNREACH, ENETDOWN: "its network cannot be reached"
        case EADDRNOTAVAIL: "the gateway has no free port for it"
        case EMFILE, ENFILE: "the gateway has too many open files"
        case EACCES, EPERM: "the system does not let the gateway connect"
        default: "the network failed (error \(code))"
        }
    }

    private static func reason(_ error: ChannelError) -> String {
        switch error {
        case .connectTimeout(let limit): "no connection within \(limit.nanoseconds / 1_000_000) ms"
        case .ioOnClosedChannel, .alreadyClosed, .eof, .inputClosed, .outputClosed: "the connection was closed"
        default: "the network failed"
        }
    }

    private static func reason(_ error: NIOSSLError) -> String {
        switch error {
        case .handshakeFailed(let cause): handshake(cause)
        case .uncleanShutdown: "the connection was closed without an end of TLS"
        case .unableToValidateCertificate, .noCertificateToValidate: "its TLS certificate does not verify"
        default: "TLS failed"
        }
    }

    /// The library tells its reasons apart by text only.
    private static func handshake(_ cause: BoringSSLError) -> String {
        let text = "\(cause)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its TLS certificate does not verify" }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return "it does not speak TLS on this port"
        }
        let disagreements = ["PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "HANDSHAKE_FAILURE", "NO_SHARED_CIPHER"]
        if disagreements.contains(where: text.contains) {
            return "it has no TLS version or cipher in common with the gateway"
        }
        if text.contains("ALERT") { return "it refused the TLS handshake" }
        if text.contains("EOF") { return "the connection was closed in the TLS handshake" }
        return "the TLS handshake failed"
    }
}
