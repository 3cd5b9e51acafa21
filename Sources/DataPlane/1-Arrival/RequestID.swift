import HTTPSemantics
import HTTPWire

/// The identifier of a request: the client's own, if it is well-formed, or a new UUIDv7.
struct RequestID {
    /// Its bytes; memory is kept from request to request.
    private(set) var bytes: [UInt8] = []

    /// Its text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Takes the client's identifier if it is well-formed, else makes one.
    mutating func take(from head: borrowing MessageHead, random: inout RandomPool) {
        if let slice = head.slice(of: .xRequestID), !head.repeated.has(.xRequestID) {
            let given = head.copy(slice)
            if RequestIdentifier.isWellFormed(given.span) {
                bytes = given
                return
            }
        }
        make(&random)
    }

    /// Makes a new identifier, in the memory of the one before where it fits.
    mutating func make(_ random: inout RandomPool) {
        if bytes.count != UUIDv7.length { bytes = [UInt8](repeating: 0, count: UUIDv7.length) }
        let low = random.next()
        let high = UInt16(truncatingIfNeeded: random.next())
        var span = bytes.mutableSpan
        UUIDv7.write(milliseconds: WallClock.milliseconds(), random: (high, low), into: &span)
    }
}
