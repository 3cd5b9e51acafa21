import FoundationEssentials

/// Where a request goes, in the parts that a connection and a request line need.
package struct RaceDestination: Sendable, Equatable {
    /// A server, as one connects to it.
    package struct Server: Sendable, Equatable {
        /// Its name in the letters of DNS, or its address without brackets.
        package let host: String
        /// Its port, 1 to 65535.
        package let port: Int
        /// Whether it speaks TLS.
        package let isSecure: Bool
    }

    /// The server.
    package let server: Server
    /// The value of `Host`; without the port if that is the scheme's own (RFC 9110, section 7.2).
    package let authority: String
    /// Path and query: escapes as they were given, and what no URL may hold as escapes.
    package let target: String

    /// Takes an `http` or `https` URL apart.
    /// - Throws: ``RaceObstacle`` if it is none, or has no host, or a port that there is not.
    package init(_ text: String) throws {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(percentEncoded: false).map(Self.withoutBrackets), !host.isEmpty,
            host.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw RaceObstacle("the URL is not valid, or has no host") }
        let isSecure = scheme == "https"
        let usual = isSecure ? 443 : 80
        let port = url.port ?? usual
        guard (1...65_535).contains(port) else { throw RaceObstacle("there is no port \(port)") }
        server = Server(host: host, port: port, isSecure: isSecure)
        // The zone of an address means nothing to the server (RFC 6874, section 4).
        let name = host.contains(":") ? "[\(host.prefix { $0 != "%" })]" : host
        authority = port == usual ? name : "\(name):\(port)"
        let path = url.path(percentEncoded: true)
        target = (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}
