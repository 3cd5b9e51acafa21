extension Target {
    /// Reads `http://127.0.0.1:9001` or `https://api.example.com/v1`.
    package init(url: String, weight: Int = 1) throws(TextFault) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://"),
            let scheme = Scheme(rawValue: url[..<colon].lowercased())
        else {
            throw TextFault("is not an http or https URL", remedy: "write http://HOST:PORT or https://HOST:PORT")
        }
        let rest = url[colon...].dropFirst(3)
        let slash = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard !rest[..<slash].contains("@") else {
            throw TextFault("holds a user name", remedy: "set an Authorization field with the policy 'headers' instead")
        }
        let (host, port) = try Self.authority(rest[..<slash])
        let standard = scheme == .http ? 80 : 443
        self.init(
            scheme: scheme,
            host: host,
            port: port ?? standard,
            pathPrefix: try Self.prefix(rest[slash...]),
            weight: weight
        )
    }

    private static func authority(_ text: Substring) throws(TextFault) -> (host: String, port: Int?) {
        let host: Substring
        var rest: Substring
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]"), IPAddress(text[..<close].dropFirst())?.bytes.count == 16 else {
                throw TextFault("does not name an IPv6 address within its brackets")
            }
            host = text[..<close].dropFirst()
            rest = text[close...].dropFirst()
        } else {
            host = text.prefix { $0 != ":" }
            rest = text[host.endIndex...]
            guard !host.isEmpty else { throw TextFault("names no host", remedy: "write http://HOST:PORT") }
            do { try HostPattern.requireName(String(host)) } catch {
                throw TextFault("names a host that cannot be", remedy: error.remedy)
            }
        }
        if rest.isEmpty { return (host.lowercased(), nil) }
        guard rest.popFirst() == ":", let port = WrittenNumber(rest), (1...65_535).contains(port.value) else {
            throw TextFault("has no usable port", remedy: "a port is a number between 1 and 65535")
        }
        return (host.lowercased(), port.value)
    }

    private static func prefix(_ path: Substring) throws(TextFault) -> String {
        if path.isEmpty || path == "/" { return "" }
        guard path.first == "/", !path.contains("?"), !path.contains("#") else {
            throw TextFault("has a query or fragment", remedy: "end the URL after its path")
        }
        let trimmed = String(path.last == "/" ? path.dropLast() : path)
        do { try PathText.requireNormalForm(trimmed) } catch {
            throw TextFault("has a path that \(error.message)", remedy: error.remedy)
        }
        return trimmed
    }
}
