/// An `http` or `https` URL, in the parts that a race needs.
package struct RaceAddress: Sendable, Equatable {
    /// Scheme, host and port, such as `https://api.example.com:8443`.
    package let origin: String
    /// Path and query, beginning with a slash.
    package let target: String

    /// The whole URL.
    package var text: String { origin + target }

    /// The path without the query.
    package var path: Substring { target.prefix { $0 != "?" } }

    /// Reads a URL.
    /// - Throws: ``RaceFault`` of wrong usage that says what is wrong with it.
    package init(_ text: String) throws(RaceFault) {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
        guard isPlain else { throw .usage("the URL «\(text)» has white space or control characters in it") }
        let scheme: String
        switch text.prefix(8).lowercased() {
        case "https://": scheme = "https://"
        case let start where start.hasPrefix("http://"): scheme = "http://"
        default: throw .usage("«\(text)» is not a URL; write it as http://HOST:PORT/PATH or https://HOST/PATH")
        }
        let rest = text.dropFirst(scheme.count).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty else { throw .usage("the URL «\(text)» names no host") }
        guard !authority.contains("@") else {
            throw .usage("credentials in a URL end up in logs: send them with --header 'Authorization: …'")
        }
        let tail = rest.dropFirst(authority.count)
        origin = scheme + authority.lowercased()
        target = tail.first == "/" ? String(tail) : "/" + tail
    }

    /// An address of parts that are known to fit.
    private init(origin: String, target: String) {
        self.origin = origin
        self.target = target
    }

    /// Where a `Location` leads (RFC 9110, section 10.2.2).
    /// - Throws: ``RaceFault`` if it leads to another origin, where these header fields do not belong.
    func following(_ location: String) throws(RaceFault) -> RaceAddress {
        let lowered = location.prefix(8).lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
            let address = try RaceAddress(location)
            if address.origin != origin { throw .elsewhere(location) }
            return address
        }
        if location.hasPrefix("//") { throw .elsewhere(location) }
        let clean = String(location.prefix { $0 != "#" })
        guard clean.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !clean.isEmpty else {
            throw .cannotTell(
                "the Location of the created resource is not a URL",
                remedy: "name the resource by its URL"
            )
        }
        if clean.hasPrefix("/") { return RaceAddress(origin: origin, target: clean) }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return RaceAddress(origin: origin, target: folder + clean)
    }

    /// The member called `name` of the collection that this address names.
    func member(_ name: String) -> RaceAddress {
        let separator = path.hasSuffix("/") ? "" : "/"
        return RaceAddress(origin: origin, target: path + separator + Self.escaped(name))
    }

    /// The address with `{id}` replaced.
    package static func filled(_ template: String, id: String) throws(RaceFault) -> RaceAddress {
        let parts = template.split(separator: "{id}", omittingEmptySubsequences: false)
        return try RaceAddress(parts.joined(separator: escaped(id)))
    }

    /// Every byte that is not unreserved (RFC 3986, section 2.3) as an escape.
    private static func escaped(_ name: String) -> String {
        name.utf8.reduce(into: "") { text, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
            }
        }
    }
}
