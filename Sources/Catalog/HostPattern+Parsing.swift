extension HostPattern {
    /// Reads `api.example.com`, `[2001:db8::1]` or `*.example.org`, in any case.
    package init(parsing text: String) throws(TextFault) {
        let lower = text.lowercased()
        guard lower != "*" else { throw TextFault("stands for every host", remedy: "leave 'hosts' out instead") }
        let isWildcard = lower.hasPrefix("*.")
        let name = isWildcard ? String(lower.dropFirst(2)) : lower
        guard !name.contains("*") else {
            throw TextFault("has '*' in the wrong place", remedy: "only a leading '*.' is possible: *.example.org")
        }
        if name.first == "[" {
            guard !isWildcard, name.last == "]", IPAddress(name.dropFirst().dropLast())?.bytes.count == 16 else {
                throw TextFault("is not an IPv6 address in brackets")
            }
        } else {
            try Self.requireName(name)
        }
        self.init(name: name, isWildcard: isWildcard)
    }

    /// Refuses what cannot be a host name or an IPv4 address.
    static func requireName(_ name: String) throws(TextFault) {
        if let colon = name.firstIndex(of: ":") {
            throw name.contains("/")
                ? TextFault("is a URL", remedy: "write the host name alone")
                : TextFault("has a port", remedy: "write '\(name[..<colon])'; the port plays no part in matching")
        }
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw TextFault("is not ASCII", remedy: "write the name in its xn-- form")
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true, labels.count > 1 {
            throw TextFault("ends with a dot", remedy: "write '\(name.dropLast())'")
        }
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel) else {
            throw TextFault("is not a host name", remedy: "write letters, digits, '-' and '.', such as api.example.com")
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                PathText.isUnreserved(byte) && byte != UInt8(ascii: "~")
            }
    }
}
