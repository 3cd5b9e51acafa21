/// A request that nobody sends: what an operator wants to have explained.
package struct ExplainedRequest: Sendable, Equatable {
    /// The method, case-sensitive.
    package let method: String
    /// What would stand in `Host`; the request's own Host field comes before it.
    package let authority: String
    /// What would stand on the request line: a path with its query, or `*`.
    package let target: String
    /// The header fields beside Host, in their order.
    package let fields: [(name: String, value: String)]
    /// The consumer who calls, as if with a key of its own.
    package let consumer: String?

    /// A request for `url`: `http://host:port/path?query`, or only the part from the path on.
    ///
    /// `nil` if `url` is neither, or if a line feed or carriage return would make more than one request of it.
    package init?(
        _ method: String,
        _ url: String,
        fields: [(name: String, value: String)] = [],
        as consumer: String? = nil
    ) {
        guard let (authority, target) = Self.parts(of: url) else { return nil }
        let texts = [method, url] + fields.flatMap { [$0.name, $0.value] }
        guard texts.allSatisfy({ $0.utf8.allSatisfy { $0 != 10 && $0 != 13 } }) else { return nil }
        self.method = method
        self.authority = authority
        self.target = target
        self.fields = fields
        self.consumer = consumer
    }

    /// Whether both ask the same.
    package static func == (left: Self, right: Self) -> Bool {
        left.bytes == right.bytes && left.consumer == right.consumer
    }

    /// The bytes a client would send.
    var bytes: [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.name.lowercased() == "host" }) { text += "Host: \(authority)\r\n" }
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    private static func parts(of url: String) -> (authority: String, target: String)? {
        if url.hasPrefix("/") || url == "*" { return ("localhost", url) }
        let scheme = ["http://", "https://"].first { url.lowercased().hasPrefix($0) }
        guard let scheme else { return nil }
        let rest = url.dropFirst(scheme.count)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        guard end > rest.startIndex else { return nil }
        let target = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        return (String(rest[..<end]), target)
    }
}
