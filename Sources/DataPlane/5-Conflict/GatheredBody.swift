import ConflictEngine
import HTTPWire
import NIOCore

/// A request's body that is taken whole, within a limit and the memory that all such bodies share.
final class GatheredBody {
    /// What came so far.
    private(set) var bytes: [UInt8] = []
    private let limit: Int
    private let memory: any BodyMemory
    private var reserved = 0

    /// A body of at most `limit` bytes out of `memory`.
    init(limit: Int, from memory: any BodyMemory) {
        self.limit = limit
        self.memory = memory
    }

    deinit { release() }

    /// Takes a piece; a refusal if there is no room for it.
    func take(_ piece: ByteBuffer) -> LocalReply? {
        guard bytes.count + piece.readableBytes <= limit else { return .bodyTooLarge(limit: limit) }
        guard memory.reserve(piece.readableBytes) else {
            return .unavailable(.overloaded, "The memory for bodies that are taken whole is used up for the moment.")
        }
        reserved += piece.readableBytes
        bytes.append(contentsOf: piece.readableBytesView)
        return nil
    }

    /// Gives the memory back.
    func release() {
        memory.release(reserved)
        reserved = 0
    }
}

extension Exchange {
    /// Asks the client for its body; false if there is none to wait for.
    func awaitsBody() -> Bool {
        guard framing != .none, !connection.isBodyComplete else { return false }
        acceptsBody = true
        sendContinue()
        connection.setDeadlineOfExchange()
        return true
    }
}
