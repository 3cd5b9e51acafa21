extension MessageHead {
    /// `method SP target SP HTTP/1.x`, single spaces, nothing else (RFC 9112 §3).
    mutating func readRequestLine(_ start: Int, _ end: Int) throws(WireFault) {
        let line = try Self.requestLine(bytes.span, start, end)
        (method, target, minorVersion) = line
    }

    /// `HTTP/1.x SP status [SP reason]` (RFC 9112 §4).
    mutating func readStatusLine(_ start: Int, _ end: Int) throws(WireFault) {
        let line = try Self.statusLine(bytes.span, start, end)
        (minorVersion, status) = line
    }

    private static func requestLine(
        _ span: Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) throws(WireFault) -> (method: ByteSlice, target: ByteSlice, minorVersion: UInt8) {
        var index = start
        while index < end, unsafe ASCII.isToken(span[unchecked: index]) { index &+= 1 }
        guard index > start, index < end, span[index] == ASCII.space else {
            throw .malformed("the request line does not begin with a method and one space")
        }
        let method = ByteSlice(start, index)
        let targetStart = index + 1
        index = targetStart
        while index < end, unsafe isTargetByte(span[unchecked: index]) { index &+= 1 }
        guard index > targetStart, index < end, span[index] == ASCII.space else {
            throw .malformed("the request target is empty or holds a character that must be escaped")
        }
        return (method, ByteSlice(targetStart, index), try minorVersion(span, index + 1, end))
    }

    private static func statusLine(
        _ span: Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) throws(WireFault) -> (minorVersion: UInt8, status: Int) {
        guard end - start >= 12, span[start + 8] == ASCII.space else {
            throw .malformed("the status line is too short")
        }
        let version = try minorVersion(span, start, start + 8)
        var code = 0
        for index in start + 9..<start + 12 {
            guard (48...57).contains(span[index]) else { throw .malformed("the status is not a number") }
            code = code * 10 + Int(span[index] - 48)
        }
        guard code >= 100 else { throw .malformed("the status is below 100") }
        guard end == start + 12 || span[start + 12] == ASCII.space else {
            throw .malformed("the status has more than three digits")
        }
        for index in start + 12..<end where ASCII.isForbiddenInValue(span[index]) {
            throw .malformed("the reason phrase holds a control character")
        }
        return (version, code)
    }

    private static func minorVersion(_ span: Span<UInt8>, _ start: Int, _ end: Int) throws(WireFault) -> UInt8 {
        let prefix: StaticString = "HTTP/1."
        guard end - start == 8 else { throw .malformed("the version is not HTTP/1.0 or HTTP/1.1") }
        for index in 0..<7 where unsafe span[start + index] != prefix.utf8Start[index] {
            throw .malformed("the version is not HTTP/1.0 or HTTP/1.1")
        }
        switch span[start + 7] {
        case UInt8(ascii: "0"): return 0
        case UInt8(ascii: "1"): return 1
        default: throw .malformed("the version is not HTTP/1.0 or HTTP/1.1")
        }
    }

    @inline(__always)
    private static func isTargetByte(_ byte: UInt8) -> Bool { byte > 32 && byte < 127 }
}
