import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Why a request could not be sent, or why there is no whole answer to it, in words for people.
struct RaceObstacle: Error, Equatable {
    /// The words, to stand after a colon.
    let reason: String

    /// An obstacle in words of one's own.
    init(_ reason: String) { self.reason = reason }

    /// What an error of the network, of TLS or of an answer comes down to.
    init(_ error: any Error) {
        reason =
            switch error {
            case let fault as RaceObstacle: fault.reason
            case let fault as NIOConnectionError: Self.words(fault)
            case let fault as IOError: Self.words(fault)
            case let fault as ChannelError: Self.words(fault)
            case let fault as HTTPParserError: Self.words(fault)
            case let fault as NIOSSLError: Self.words(fault)
            case let fault as NIOSSLExtraError: Self.words(fault)
            case let fault as BoringSSLError: "TLS: \(fault)"
            default: "\(error)"
            }
    }

    /// The connection is gone, whoever closed it.
    static let closed = RaceObstacle("the connection was closed before the answer was complete")
    /// The connection is gone, and nothing was sent over it.
    static let closedEarly = RaceObstacle("the connection was closed before the request was sent")
    /// Time ran out with the request sent.
    static let noAnswer = RaceObstacle("no answer in time")
    /// Time ran out before there was a connection.
    static let noConnection = RaceObstacle("no connection in time")
    /// Time ran out before TLS stood.
    static let noHandshake = RaceObstacle("no TLS handshake in time")

    private static func words(_ fault: NIOConnectionError) -> String {
        if let first = fault.connectionErrors.first { return RaceObstacle(first.error).reason }
        return "the name of the host \(fault.host) is not known"
    }

    private static func words(_ fault: IOError) -> String {
        switch fault.errnoCode {
        case ECONNREFUSED: "connection refused"
        case ECONNRESET, EPIPE: "the connection was reset"
        case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
        case ETIMEDOUT: noConnection.reason
        default: "\(fault)"
        }
    }

    private static func words(_ fault: ChannelError) -> String {
        switch fault {
        case .connectTimeout: noConnection.reason
        case .ioOnClosedChannel, .alreadyClosed, .eof, .inputClosed, .outputClosed: closed.reason
        default: "\(fault)"
        }
    }

    private static func words(_ fault: HTTPParserError) -> String {
        switch fault {
        case .invalidEOFState: closed.reason
        case .headerOverflow: "the header of the answer is too long"
        default: "the answer is not HTTP/1.1: \(fault)"
        }
    }

    private static func words(_ fault: NIOSSLError) -> String {
        if fault == .uncleanShutdown { return "the connection was cut off, perhaps before the answer was complete" }
        let words = "\(fault)"
        guard words.contains("CERTIFICATE_VERIFY_FAILED") else { return "TLS: " + words }
        return
            "its TLS certificate is of no authority believed here (--ca FILE names one, --insecure believes all)"
    }

    private static func words(_ fault: NIOSSLExtraError) -> String {
        guard fault == .failedToValidateHostname else { return "TLS: \(fault)" }
        return "its TLS certificate is for another host (--insecure believes all)"
    }
}
