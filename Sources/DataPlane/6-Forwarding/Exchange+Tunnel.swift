import Catalog
import ConflictEngine
import HTTPWire
import NIOCore

extension Exchange {
    /// Whether the request asks for a WebSocket on a route that may have one (RFC 6455 §4.1).
    func asksForTunnel() -> Bool {
        guard connection.head.present.has(.upgrade), method == .get, framing == .none,
            connection.head.minorVersion == 1, let slice = connection.head.slice(of: .upgrade),
            connection.head.matches(slice, "websocket"), connection.head.hasConnectionOption("upgrade")
        else { return false }
        guard let level = plan?.conflict?.policy.level else { return true }
        return level == .observe
    }

    /// The upstream agreed: from now on bytes pass unread.
    func beginTunnel(_ upstream: UpstreamConnection) {
        guard wantsTunnel else {
            letGoOfUpstream()
            return answer(.problem(.upstreamProtocol, "The upstream changed protocols without being asked to."))
        }
        isTunnel = true
        hasBegunAnswer = true
        status = 101
        connection.withOutbox { buffer in
            writeInterimHead(of: upstream, to: &buffer)
            writeOwnLines(isPreflight: false, to: &buffer)
            buffer.writeStaticString("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        }
        upstream.becomeTunnel()
        connection.flush()
        acceptsBody = true
        connection.becomeTunnel()
    }

    /// Bytes from the client for the other end of the tunnel.
    func tunnelBytes(_ bytes: ByteBuffer) {
        guard let upstream else { return }
        upstream.send(bytes)
        acceptsBody = upstream.isWritable
    }
}
