import Catalog

/// The policy `cors`, compiled to bytes (WHATWG Fetch, CORS protocol).
final class CORSPlan: Sendable {
    private let origins: Set<[UInt8]>
    private let allowsAll: Bool
    private let credentials: Bool
    private let allowed: [UInt8]
    private let exposed: [UInt8]
    private let maxAge: [UInt8]

    private static let conditionFields = [
        "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range", "Idempotency-Key",
        "Lock-Token", "If", "Depth", "Timeout", "Destination", "Overwrite", "Content-Digest", "Repr-Digest",
        "Content-Type", "Authorization", "X-API-Key", "x-goog-api-key", "X-Request-Id",
    ]
    private static let answerFields = [
        "ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Link", "Idempotent-Replayed",
        "Conflict-Resolution", "Lock-Token", "Allow", "WWW-Authenticate", "Accept-Ranges", "Content-Range", "Age",
        "Date", "Deprecation", "Sunset", "X-Request-Id", "x-should-retry",
    ]
    /// The protocol has no pattern for names, so each is listed.
    private static let ownFields = [
        "Parley-Attempts", "Parley-Cache", "Parley-Conflict", "Parley-Cost", "Parley-Estimated", "Parley-Fence",
        "Parley-Loss", "Parley-Model", "Parley-Provider", "Parley-Tokens", "Parley-Version", "Parley-Warning",
    ]

    /// Compiles the policy of a route; `keyField` is where the route takes idempotency keys, if it does.
    init(_ policy: CORSPolicy, keyField: String?) {
        origins = Set(policy.origins.map { Array($0.utf8) })
        allowsAll = policy.origins.contains("*")
        credentials = policy.credentials
        allowed = Self.list(Self.conditionFields + [keyField].compactMap { $0 } + policy.allowHeaders)
        exposed = Self.list(Self.answerFields + Self.ownFields + policy.exposeHeaders)
        maxAge = Array(String(policy.maxAge.components.seconds).utf8)
    }

    /// Whether pages of this origin may call.
    func allows(_ origin: [UInt8]) -> Bool { allowsAll || origins.contains(origin) }

    /// The lines that every answer to `origin` carries.
    func answerLines(for origin: [UInt8]?) -> [UInt8] {
        var lines: [UInt8] = allowsAll ? [] : Array("Vary: Origin\r\n".utf8)
        guard let origin, allows(origin) else { return lines }
        lines += Self.line("Access-Control-Allow-Origin", allowsAll ? Array("*".utf8) : origin)
        if credentials { lines += Self.line("Access-Control-Allow-Credentials", Array("true".utf8)) }
        lines += Self.line("Access-Control-Expose-Headers", exposed)
        return lines
    }

    /// The lines of an answer to a preflight.
    func preflightLines(for origin: [UInt8], method: [UInt8], fields: [UInt8]?, methods: [String]?) -> [UInt8] {
        var lines = Array("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\r\n".utf8)
        guard allows(origin) else { return lines }
        lines += Self.line("Access-Control-Allow-Origin", allowsAll ? Array("*".utf8) : origin)
        if credentials { lines += Self.line("Access-Control-Allow-Credentials", Array("true".utf8)) }
        let named = methods.map { Array($0.joined(separator: ", ").utf8) } ?? method
        lines += Self.line("Access-Control-Allow-Methods", named)
        lines += Self.line("Access-Control-Allow-Headers", allowed)
        lines += Self.line("Access-Control-Max-Age", maxAge)
        return lines
    }

    /// The names as one value, each once.
    private static func list(_ names: [String]) -> [UInt8] {
        var seen: Set<String> = []
        return Array(names.filter { seen.insert($0.lowercased()).inserted }.joined(separator: ", ").utf8)
    }

    private static func line(_ name: StaticString, _ value: [UInt8]) -> [UInt8] {
        Array("\(name): ".utf8) + value + [13, 10]
    }
}
