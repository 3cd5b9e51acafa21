/// Reads answers out of bytes as they come: Content-Length, chunked, or to the end of the connection.
struct ResponseReader {
    private enum Framing {
        case length(Int)
        case chunked
        case untilClose
    }

    private var bytes: [UInt8] = []
    private var head: (response: HTTPTestResponse, framing: Framing)?

    /// Nothing was read yet.
    init() {}

    /// Takes in bytes.
    mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

    /// The next answer once it is whole; informational ones are skipped.
    ///
    /// With `isHead` it has no body; with `isClosed` no more bytes will come.
    mutating func next(isHead: Bool, isClosed: Bool = false) throws(HTTPTestFault) -> HTTPTestResponse? {
        while head == nil {
            guard let read = try readHead(isHead: isHead) else { return nil }
            if read.response.status >= 200 || read.response.status == 101 { head = read }
        }
        guard let (response, framing) = head, let body = try readBody(framing, isClosed) else { return nil }
        head = nil
        var whole = response
        whole.body = body
        return whole
    }

    private mutating func readHead(
        isHead: Bool
    ) throws(HTTPTestFault) -> (response: HTTPTestResponse, framing: Framing)? {
        guard let end = position(of: [13, 10, 13, 10]) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        bytes.removeFirst(end + 4)
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { throw .malformed }
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return HTTPField(String(parts[0]), parts.count > 1 ? String(parts[1]).withoutBlanks : "")
        }
        let response = HTTPTestResponse(status: status, fields: fields)
        return (response, framing(of: response, isHead: isHead))
    }

    private func framing(of response: HTTPTestResponse, isHead: Bool) -> Framing {
        if isHead || response.status < 200 || response.status == 204 || response.status == 304 { return .length(0) }
        if response["transfer-encoding"]?.lowercased() == "chunked" { return .chunked }
        return response["content-length"].flatMap { Int($0) }.map { .length($0) } ?? .untilClose
    }

    private mutating func readBody(_ framing: Framing, _ isClosed: Bool) throws(HTTPTestFault) -> [UInt8]? {
        switch framing {
        case .length(let count):
            guard count >= 0 else { throw .malformed }
            return take(count)
        case .untilClose:
            return isClosed ? take(bytes.count) : nil
        case .chunked:
            return try readChunks()
        }
    }

    /// Starts again from the first chunk each time: test answers are small.
    private mutating func readChunks() throws(HTTPTestFault) -> [UInt8]? {
        var rest = bytes[...]
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: 10) {
            let line = String(decoding: rest[..<end], as: UTF8.self).prefix { $0.isHexDigit }
            guard let size = Int(line, radix: 16) else { throw .malformed }
            rest = rest[(end + 1)...]
            guard size > 0 else { return finishChunks(rest, body) }
            guard rest.count >= size + 2 else { return nil }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }

    /// Skips the trailers.
    private mutating func finishChunks(_ rest: ArraySlice<UInt8>, _ body: [UInt8]) -> [UInt8]? {
        var rest = rest
        while let end = rest.firstIndex(of: 10) {
            let isLast = end - rest.startIndex <= 1
            rest = rest[(end + 1)...]
            guard !isLast else {
                bytes = Array(rest)
                return body
            }
        }
        return nil
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        guard bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return Array(bytes.prefix(count))
    }

    private func position(of pattern: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).first { bytes[$0...].starts(with: pattern) }
    }
}

extension String {
    /// The text without spaces and tabs around it.
    fileprivate var withoutBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(String(drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
    }
}
