import ConflictEngine
import HTTPSemantics
import HTTPWire

/// An answer made by the gateway itself.
struct LocalReply {
    /// The status.
    var status: Int
    /// Whole header lines, each ending in CRLF, beside those every answer has.
    var lines: [UInt8] = []
    /// The kind of problem and what to say of it, written when the answer is.
    var problem: ProblemDocument?
    /// The body, if it is not a problem.
    var body: [UInt8] = []
    /// An upstream's tag among the lines' fields, which a written answer keeps only where it is the version.
    var tag: EntityTag?
    /// Whether the CORS lines are already there.
    var isPreflight = false

    /// A plain answer.
    init(status: Int, lines: [UInt8] = [], body: [UInt8] = [], isPreflight: Bool = false) {
        self.status = status
        self.lines = lines
        self.body = body
        self.isPreflight = isPreflight
    }

    /// An answer with a problem document.
    init(_ problem: ProblemDocument, lines: [UInt8] = []) {
        status = problem.status
        self.problem = problem
        self.lines = lines
    }
}

extension LocalReply {
    /// Leaves `ETag` in the answer to a write only where it names the version that was read back, and adds it where the
    /// bytes read back are the bytes sent (RFC 9110 §9.3.4).
    mutating func setTag(_ version: EntityTag?, isAsSent: Bool) {
        if tag != nil, tag != version { lines = Self.without([Array("etag".utf8)], lines) }
        if let version, isAsSent, tag != version { lines += Array("ETag: ".utf8) + version.bytes + [13, 10] }
    }

    /// Header lines without those of these names, given in lower case.
    static func without(_ names: Set<[UInt8]>, _ lines: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        for line in lines.split(separator: 10) {
            let name = line.prefix { $0 != UInt8(ascii: ":") }.map(ASCII.lower)
            if !names.contains(name) { kept += line + [10] }
        }
        return kept
    }

    /// Whether header lines hold a field of this name, given in lower case.
    static func has(_ name: [UInt8], _ lines: [UInt8]) -> Bool {
        let (lines, name) = (lines.span, name.span)
        var start = 0
        while start + name.count < lines.count {
            if lines[start + name.count] == UInt8(ascii: ":"), begins(lines, start, with: name) { return true }
            while start < lines.count, lines[start] != 10 { start += 1 }
            start += 1
        }
        return false
    }

    private static func begins(_ lines: Span<UInt8>, _ start: Int, with name: Span<UInt8>) -> Bool {
        for offset in 0..<name.count where ASCII.lower(lines[start + offset]) != name[offset] { return false }
        return true
    }

    /// A problem of a kind that is not a conflict.
    static func problem(_ kind: GatewayProblemKind, _ detail: String, lines: [UInt8] = []) -> LocalReply {
        LocalReply(
            ProblemDocument(kind: kind.rawValue, title: kind.title, status: kind.status, detail: detail),
            lines: lines
        )
    }

    /// 405 with the methods that would do.
    static func methodNotAllowed(allowed: [String]) -> LocalReply {
        let list = allowed.joined(separator: ", ")
        return .problem(
            .methodNotAllowed,
            "The method is not allowed here; these are: \(list).",
            lines: line("Allow", list)
        )
    }

    /// 401 with how to do better.
    static func unauthenticated(_ detail: String) -> LocalReply {
        .problem(.unauthenticated, detail, lines: line("WWW-Authenticate", "Bearer realm=\"parley\""))
    }

    /// 413 with the limit.
    static func bodyTooLarge(limit: Int) -> LocalReply {
        .problem(.bodyTooLarge, "The body exceeds the limit of \(limit) bytes.")
    }

    /// 429 with when to come back.
    static func rateLimited(_ seconds: Int) -> LocalReply {
        .problem(
            .rateLimited,
            "The rate limit is used up; try again in \(seconds) s.",
            lines: line("Retry-After", String(seconds))
        )
    }

    /// 503 with when to come back.
    static func unavailable(_ kind: GatewayProblemKind, _ detail: String) -> LocalReply {
        .problem(kind, detail, lines: line("Retry-After", "1"))
    }

    /// The answer to `OPTIONS *`.
    static var optionsOfServer: LocalReply {
        LocalReply(status: 204, lines: line("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"))
    }

    /// A redirect.
    static func redirect(_ status: Int, to location: [UInt8]) -> LocalReply {
        LocalReply(status: status, lines: Array("Location: ".utf8) + location + [13, 10])
    }

    /// A page for people.
    static func page(_ html: String, policy: String) -> LocalReply {
        LocalReply(
            status: 200,
            lines: line("Content-Type", "text/html; charset=utf-8") + line("Content-Security-Policy", policy)
                + line("Cache-Control", "public, max-age=3600") + line("X-Content-Type-Options", "nosniff"),
            body: Array(html.utf8)
        )
    }

    /// A header line.
    static func line(_ name: String, _ value: String) -> [UInt8] {
        Array("\(name): \(value)\r\n".utf8)
    }
}
