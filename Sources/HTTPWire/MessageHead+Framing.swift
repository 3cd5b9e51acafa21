extension MessageHead {
    /// How the body of this request ends; refuses everything that two parsers could read differently (contract §3.1).
    package func requestFraming() throws(WireFault) -> BodyFraming {
        guard present.has(.transferEncoding) else { return try contentLength().map { .length($0) } ?? .none }
        guard !present.has(.contentLength) else {
            throw .malformed("both Content-Length and Transfer-Encoding are present")
        }
        guard minorVersion == 1 else { throw .malformed("an HTTP/1.0 message has a Transfer-Encoding") }
        try checkTransferCodings()
        return .chunked
    }

    /// How the body of this answer ends, given what was asked (RFC 9112 §6.3).
    package func answerFraming(toHead isHead: Bool) throws(WireFault) -> BodyFraming {
        let length = try contentLength()
        if present.has(.transferEncoding) {
            guard length == nil else { throw .malformed("both Content-Length and Transfer-Encoding are present") }
            guard minorVersion == 1 else { throw .malformed("an HTTP/1.0 message has a Transfer-Encoding") }
            try checkTransferCodings()
        }
        if isHead || status < 200 || status == 204 || status == 304 { return .none }
        if present.has(.transferEncoding) { return .chunked }
        return length.map { .length($0) } ?? .untilClose
    }

    /// The value of Content-Length: digits only, once.
    private func contentLength() throws(WireFault) -> Int? {
        guard let slice = slice(of: .contentLength) else { return nil }
        guard !repeated.has(.contentLength) else { throw .malformed("Content-Length is repeated") }
        guard (1...18).contains(slice.length) else { throw .malformed("Content-Length is not a number that fits") }
        var value = 0
        for byte in bytes[slice.range] {
            guard (48...57).contains(byte) else { throw .malformed("Content-Length is not a plain number") }
            value = value &* 10 &+ Int(byte &- 48)
        }
        return value
    }

    /// Lets exactly one coding pass, `chunked`; says which fault any other list is.
    private func checkTransferCodings() throws(WireFault) {
        if !repeated.has(.transferEncoding), let slice = slice(of: .transferEncoding), matches(slice, "chunked") {
            return
        }
        var codings: [[UInt8]] = []
        for value in values(of: .transferEncoding) {
            for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                codings.append(try Self.coding(part))
            }
        }
        guard Set(codings).count == codings.count else { throw .malformed("a transfer coding is repeated") }
        let chunked = Array("chunked".utf8)
        if let place = codings.firstIndex(of: chunked), place != codings.count - 1 {
            throw .malformed("the transfer coding «chunked» is not the last one")
        }
        throw .unsupportedCoding
    }

    /// The name of one coding, in lower case; parameters are allowed to all but `chunked` (RFC 9112 §7).
    private static func coding(_ part: ArraySlice<UInt8>) throws(WireFault) -> [UInt8] {
        let pieces = part.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        var name: [UInt8]?
        for piece in pieces {
            guard let known = name else {
                name = trimmed(piece).map(ASCII.lower)
                continue
            }
            let sides = piece.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
            let isParameter = sides.count == 2 && sides.allSatisfy { isName(trimmed($0)) }
            guard isParameter, known != Array("chunked".utf8) else {
                throw .malformed("a parameter of a transfer coding is malformed or not allowed")
            }
        }
        guard let name, isName(name[...]) else {
            throw .malformed("Transfer-Encoding is not a list of coding names")
        }
        return name
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool { !bytes.isEmpty && bytes.allSatisfy(ASCII.isToken) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank: (UInt8) -> Bool = { $0 == ASCII.space || $0 == ASCII.tab }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }) else { return [] }
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return [] }
        return bytes[first...last]
    }

    /// Checks that Host is there once and well-formed (RFC 9112 §3.2); HTTP/1.0 may leave it out.
    package func checkHost() throws(WireFault) {
        guard let slice = slice(of: .host) else {
            guard minorVersion == 0 else { throw .malformed("Host is missing") }
            return
        }
        guard !repeated.has(.host) else { throw .malformed("Host is repeated") }
        guard HostField.isWellFormed(bytes.span.extracting(slice.range)) else {
            throw .malformed("Host is not a host name with an optional port")
        }
    }

    /// Whether the connection may carry another message after this one.
    package var keepsAlive: Bool {
        guard present.has(.connection) else { return minorVersion == 1 }
        if hasConnectionOption("close") { return false }
        return minorVersion == 1 || hasConnectionOption("keep-alive")
    }

    /// Whether `Connection` names this option.
    package func hasConnectionOption(_ option: StaticString) -> Bool {
        guard present.has(.connection) else { return false }
        var found = false
        forEachConnectionOption { found = found || ASCII.equalIgnoringCase($0, option) }
        return found
    }

    /// Visits the members of all `Connection` fields.
    package func forEachConnectionOption(_ visit: (Span<UInt8>) -> Void) {
        guard present.has(.connection) else { return }
        for field in fields where field.id == .connection {
            forEachMember(of: field.value, visit)
        }
    }

    /// Visits the members of a comma-separated value, white space trimmed, empty members left out.
    package func forEachMember(of value: ByteSlice, _ visit: (Span<UInt8>) -> Void) {
        let span = bytes.span
        var start = value.range.lowerBound
        let end = value.range.upperBound
        while start < end {
            var stop = start
            while stop < end, span[stop] != UInt8(ascii: ",") { stop += 1 }
            var first = start
            var last = stop
            while first < last, span[first] == ASCII.space || span[first] == ASCII.tab { first += 1 }
            while last > first, span[last - 1] == ASCII.space || span[last - 1] == ASCII.tab { last -= 1 }
            if last > first { visit(span.extracting(first..<last)) }
            start = stop + 1
        }
    }
}
