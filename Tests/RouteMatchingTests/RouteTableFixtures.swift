import Catalog
import RouteMatching

/// Parses `/a/{b}/{c...}` the short way; escapes and checks belong to the configuration reader.
func parsedPattern(_ source: String) -> PathPattern {
    let parts = source.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let segments = parts.map { part -> PathPattern.Segment in
        guard part.hasPrefix("{") else { return .literal(Array(part.utf8)) }
        let name = part.dropFirst().dropLast()
        return name.hasSuffix("...") ? .tail(String(name.dropLast(3))) : .parameter(String(name))
    }
    return PathPattern(segments: segments, source: source)
}

/// Parses `api.example.com` or `*.example.org`.
func parsedHost(_ source: String) -> HostPattern {
    source.hasPrefix("*.")
        ? HostPattern(name: String(source.dropFirst(2)), isWildcard: true)
        : HostPattern(name: source, isWildcard: false)
}

extension RouteTable.Entry {
    /// A route in the short form of these tests.
    init(_ index: Int, _ path: String, _ methods: [String]? = nil, on hosts: [String] = []) {
        self.init(index: index, pattern: parsedPattern(path), methods: methods, hosts: hosts.map(parsedHost))
    }
}

extension RouteTable {
    /// Matches strings instead of spans.
    func match(_ method: String, _ path: String, host: String = "localhost") -> RouteMatch {
        let host = Array(host.utf8)
        let path = Array(path.utf8)
        let method = Array(method.utf8)
        return match(host: host.span, path: path.span, method: method.span)
    }

    /// The matched route's number and the text of its captures; `nil` for everything but a route.
    func found(_ path: String, _ method: String = "GET", host: String = "localhost") -> Found? {
        guard case .route(let index, let captures) = match(method, path, host: host) else { return nil }
        let bytes = Array(path.utf8)
        let texts = (0..<captures.count).compactMap { captures[$0] }.map { String(decoding: bytes[$0], as: UTF8.self) }
        return Found(index, texts)
    }
}

/// A matched route with its captures as text.
struct Found: Equatable {
    var index: Int
    var captures: [String]

    init(_ index: Int, _ captures: [String] = []) {
        self.index = index
        self.captures = captures
    }
}

/// Repeatable chance (SplitMix64).
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
