import HTTPSemantics
import HTTPWire

/// The identifier of a request: the client's own, if it is well-formed, or a new UUIDv7.
struct RequestID {
    /// The whole header line that names it; memory is kept from request to request.
    private(set) var line: [UInt8] = Self.prefix + Self.lineEnd

    private static let prefix = Array("X-Request-Id: ".utf8)
    private static let lineEnd = Array("\r\n".utf8)

    /// Its bytes.
    var bytes: ArraySlice<UInt8> { line.dropFirst(Self.prefix.count).dropLast(Self.lineEnd.count) }
    /// Its text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Takes the client's identifier if it is well-formed, else makes one.
    mutating func take(from head: borrowing MessageHead, on loop: LoopContext) {
        if let slice = head.slice(of: .xRequestID), !head.repeated.has(.xRequestID) {
            let given = head.copy(slice)
            if RequestIdentifier.isWellFormed(given.span) {
                line = Self.prefix + given + Self.lineEnd
                return
            }
        }
        make(on: loop)
    }

    /// Makes a new identifier, in the memory of the one before where it fits.
    mutating func make(on loop: LoopContext) {
        let count = Self.prefix.count + UUIDv7.length + Self.lineEnd.count
        if line.count != count {
            line = Self.prefix + [UInt8](repeating: 0, count: UUIDv7.length) + Self.lineEnd
        }
        let low = loop.random.next()
        let high = UInt16(truncatingIfNeeded: loop.random.next())
        var span = line.mutableSpan
        UUIDv7.write(milliseconds: loop.milliseconds, random: (high, low), into: &span, at: Self.prefix.count)
    }
}
