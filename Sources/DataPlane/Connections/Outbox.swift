import NIOCore

/// What a connection writes at the end of this turn of the loop; small pieces are joined into one write.
///
/// Hands its bytes out before they are written, because a write may make room and more be written before it returns.
struct Outbox {
    private var bytes = ByteBuffer()
    private var isOpen = false

    /// The largest piece that is copied to join what is there.
    private static let smallPiece = 16 * 1024

    /// Changes the bytes, in memory that the loop keeps for that.
    mutating func change(on loop: LoopContext, _ body: (inout ByteBuffer) -> Void) {
        if !isOpen {
            bytes = loop.takeBuffer()
            isOpen = true
        }
        body(&bytes)
    }

    /// Takes a small piece in behind what is there; false if it should be written by itself.
    mutating func join(_ piece: ByteBuffer) -> Bool {
        guard isOpen, piece.readableBytes <= Self.smallPiece else { return false }
        bytes.writeImmutableBuffer(piece)
        return true
    }

    /// Whether it is time to let the peer have them.
    var isLarge: Bool { bytes.readableBytes > 4 * Self.smallPiece }

    /// A copy of the bytes, if there are any.
    var copy: ByteBuffer? { isOpen ? bytes : nil }

    /// Hands the bytes out, if there are any.
    mutating func take() -> ByteBuffer? {
        guard isOpen else { return nil }
        isOpen = false
        var taken = ByteBuffer()
        swap(&bytes, &taken)
        return taken
    }
}
