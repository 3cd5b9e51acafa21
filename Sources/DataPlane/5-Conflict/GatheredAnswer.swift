import HTTPWire
import NIOCore

/// The upstream's answer to a write, held until the write was read back.
final class GatheredAnswer {
    /// The connection it came on, while it is not complete.
    let connection: UpstreamConnection
    /// The status.
    let status: Int
    /// The body so far.
    var body = ByteBuffer()
    /// The answer for the client, once it is complete.
    var reply: LocalReply?

    /// An answer whose head is there.
    init(_ connection: UpstreamConnection) {
        self.connection = connection
        status = connection.head.status
    }
}
