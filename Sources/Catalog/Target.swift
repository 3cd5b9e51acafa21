/// One server of an upstream.
package struct Target: Sendable, Hashable {
    /// How the server is spoken to.
    package enum Scheme: String, Sendable, Hashable {
        case http
        case https
    }

    /// `http` or `https`.
    package var scheme: Scheme
    /// Host name or address literal, without brackets.
    package var host: String
    /// Port, 1 to 65,535.
    package var port: Int
    /// Prefix put in front of every path; empty or beginning with `/` and not ending with it.
    package var pathPrefix: String
    /// Share of traffic relative to the other targets, at least 1.
    package var weight: Int

    /// Names a server.
    package init(scheme: Scheme, host: String, port: Int, pathPrefix: String = "", weight: Int = 1) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.pathPrefix = pathPrefix
        self.weight = weight
    }

    /// Host and port as they stand in a `Host` field: brackets around IPv6, default ports left out.
    package var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        let standard = scheme == .http ? 80 : 443
        return port == standard ? name : "\(name):\(port)"
    }

    /// The URL an operator would write for it.
    package var url: String { "\(scheme.rawValue)://\(authority)\(pathPrefix)" }
}
