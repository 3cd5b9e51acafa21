/// The names by which a machine calls itself.
package enum LocalName {
    /// Whether `authority`, a Host field's value, is `localhost`, `127.0.0.1` or `[::1]`, with or without a port.
    package static func isLocal(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let lower = authority.lowercased()
        for name in ["localhost", "127.0.0.1", "[::1]"] where lower.hasPrefix(name) {
            let rest = lower.dropFirst(name.count)
            if rest.isEmpty { return true }
            guard rest.first == ":" else { return false }
            let port = rest.dropFirst()
            return port.isEmpty || UInt16(port) != nil && port.utf8.allSatisfy { $0 != UInt8(ascii: "+") }
        }
        return false
    }
}
