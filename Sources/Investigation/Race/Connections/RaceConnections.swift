import NIOCore
import Synchronization

/// The connections of a race: one for each writer, opened when it is first needed and kept.
///
/// HTTP/1.1 only, so that the connections are what they seem. Redirects are not followed, nothing is decoded, and nothing
/// is sent twice: a connection that was closed in the meantime is replaced only if not a byte of the request has left.
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

    /// The connections that nobody uses at the moment, by writer.
    private struct Shelf {
        var connections: [RaceConnection?]
        var isClosed = false
    }

    private let writers: Int
    private let patience: TimeAmount
    private let dialler: RaceDialler
    private let shelf: Mutex<Shelf>

    /// Connections for `writers` writers, which wait for an answer for `patience` at most, connecting included.
    package init(writers: Int, patience: Duration, trust: Trust) {
        let (seconds, attoseconds) = patience.components
        let whole = min(max(0, seconds), 86_400) * 1_000_000_000
        self.patience = .nanoseconds(whole + attoseconds / 1_000_000_000)
        self.writers = max(1, writers)
        dialler = RaceDialler(trust)
        shelf = Mutex(Shelf(connections: Array(repeating: nil, count: self.writers)))
    }

    /// Sends one request over the writer's connection.
    package func send(_ request: RaceRequest, as writer: Int) async -> RaceReply {
        guard (0..<writers).contains(writer) else { return .notSent("there is no such writer") }
        guard !shelf.withLock(\.isClosed) else { return .notSent("the race is over") }
        do {
            let call = try RaceCall(request, until: .now() + patience)
            if let kept = take(writer, for: call.server) {
                let reply = await exchange(call, over: kept, as: writer)
                guard case .notSent = reply else { return reply }
            }
            let connection = try await dialler.connect(to: call.server, until: call.deadline)
            return await exchange(call, over: connection, as: writer)
        } catch {
            return .notSent(RaceObstacle(error).reason)
        }
    }

    /// Closes all connections.
    package func close() async {
        let kept = shelf.withLock { shelf in
            defer { shelf = Shelf(connections: [], isClosed: true) }
            return shelf.connections
        }
        let closing = kept.compactMap { $0?.close() }
        for connection in closing { try? await connection.get() }
    }

    private func exchange(_ call: RaceCall, over connection: RaceConnection, as writer: Int) async -> RaceReply {
        let reply = await connection.exchange(call)
        let surplus: RaceConnection? = shelf.withLock { shelf in
            guard shelf.connections.indices.contains(writer), shelf.connections[writer] == nil else {
                return connection
            }
            shelf.connections[writer] = connection
            return nil
        }
        surplus?.close()
        return reply
    }

    /// The writer's connection, if it leads to this server; one that leads elsewhere is closed.
    private func take(_ writer: Int, for server: RaceDestination.Server) -> RaceConnection? {
        let kept: RaceConnection? = shelf.withLock { shelf in
            guard shelf.connections.indices.contains(writer) else { return nil }
            defer { shelf.connections[writer] = nil }
            return shelf.connections[writer]
        }
        if let kept, kept.server != server { kept.close() }
        return kept?.server == server ? kept : nil
    }
}
