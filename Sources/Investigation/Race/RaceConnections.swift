import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The connections of a race: one for each writer, opened when it is first needed and kept.
///
/// Redirects are not followed and nothing is sent twice.
package final class RaceConnections: RaceTransport {
    /// What servers are believed.
    package enum Trust: Sendable, Equatable {
        /// The authorities that the machine trusts.
        case machine
        /// The authorities in a PEM file.
        case file(String)
        /// Anybody.
        case anybody
    }

    /// The longest answer that is read, in bytes.
    private static let longestAnswer = 16 << 20

    private let clients: [HTTPClient]
    private let patience: TimeAmount

    /// Connections for `writers` writers, which wait for an answer for `patience` at most.
    package init(writers: Int, patience: Duration, trust: Trust) {
        let (seconds, attoseconds) = patience.components
        let whole = min(max(0, seconds), 86_400) * 1_000_000_000
        self.patience = .nanoseconds(whole + attoseconds / 1_000_000_000)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        configuration.timeout = .init(connect: self.patience, read: self.patience)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        switch trust {
        case .machine: break
        case .file(let path): tls.trustRoots = .file(path)
        case .anybody: tls.certificateVerification = .none
        }
        configuration.tlsConfiguration = tls
        let shared = configuration
        clients = (0..<max(1, writers)).map { _ in
            HTTPClient(eventLoopGroupProvider: .singleton, configuration: shared)
        }
    }

    /// Sends one request over the writer's connection.
    package func send(_ request: RaceRequest, as writer: Int) async -> RaceReply {
        guard clients.indices.contains(writer) else { return .notSent("there is no such writer") }
        var call = HTTPClientRequest(url: request.url)
        call.method = HTTPMethod(rawValue: request.method)
        for field in request.fields { call.headers.add(name: field.name, value: field.value) }
        if let body = request.body { call.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            return try await answer(to: call, over: clients[writer])
        } catch {
            return Self.reply(error)
        }
    }

    /// The whole answer; the library's own limit covers its head only.
    private func answer(to call: HTTPClientRequest, over client: HTTPClient) async throws -> RaceReply {
        let patience = patience
        return try await withThrowingTaskGroup(of: RaceReply?.self) { group in
            group.addTask { try await Self.answer(client.execute(call, timeout: patience)) }
            group.addTask {
                try await Task.sleep(nanoseconds: UInt64(max(0, patience.nanoseconds)))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let reply = first else { return .noAnswer("no answer in time") }
            return reply
        }
    }

    /// Closes all connections.
    package func close() async {
        for client in clients { try? await client.shutdown() }
    }

    private static func answer(_ response: HTTPClientResponse) async throws -> RaceReply {
        let body = try await response.body.collect(upTo: longestAnswer)
        return .answer(
            status: Int(response.status.code),
            fields: response.headers.map { RaceField($0.name, $0.value) },
            body: Array(body.readableBytesView)
        )
    }

    /// Whether the request can have left before `error`.
    private static func reply(_ error: any Error) -> RaceReply {
        switch error {
        case let fault as NIOConnectionError:
            return .notSent(reason(fault))
        case let fault as IOError where fault.errnoCode == ECONNREFUSED:
            return .notSent("connection refused")
        case let fault as NIOSSLError:
            return .notSent(reason(fault))
        case let fault as HTTPClientError where Self.beforeSending.contains(fault):
            return .notSent(fault.shortDescription)
        case let fault as HTTPClientError:
            return .noAnswer(fault == .deadlineExceeded ? "no answer in time" : fault.shortDescription)
        default:
            return .noAnswer("\(error)")
        }
    }

    private static func reason(_ fault: NIOConnectionError) -> String {
        if let first = fault.connectionErrors.first {
            let code = (first.error as? IOError)?.errnoCode
            return code == ECONNREFUSED ? "connection refused" : "\(first.error)"
        }
        return "the name of the host \(fault.host) is not known"
    }

    private static func reason(_ fault: NIOSSLError) -> String {
        let words = "\(fault)"
        guard words.contains("CERTIFICATE_VERIFY_FAILED") else { return "TLS: " + words }
        return
            "its TLS certificate is of no authority believed here (--ca FILE names one, --insecure believes all)"
    }

    private static let beforeSending: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .invalidURL, .emptyHost, .emptyScheme, .getConnectionFromPoolTimeout,
        .alreadyShutdown,
    ]
}
