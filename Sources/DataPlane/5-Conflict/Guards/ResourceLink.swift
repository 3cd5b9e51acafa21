import HTTPSemantics

/// Finds out where a resource is, from what a list says about it.
enum ResourceLink {
    /// The path of what `item` describes: a link in it, or its identifier within the collection.
    static func path(of item: JSONValue, in collection: String) -> [UInt8]? {
        let links = [item["_links"]?["self"]?["href"], item["href"], item["self"], item["url"], item["location"]]
        for link in links {
            guard let text = link?.string, let path = path(ofLink: Array(text.utf8)) else { continue }
            return path
        }
        let identifier = item["id"] ?? item["_id"] ?? item["uuid"]
        switch identifier {
        case .string(let text)?: return within(collection, Array(text.utf8))
        case .number(let number)?: return within(collection, number.text)
        default: return nil
        }
    }

    /// The path of a link to this server, be it relative to its root or absolute.
    private static func path(ofLink link: [UInt8]) -> [UInt8]? {
        var rest = link[...]
        if let mark = rest.firstRange(of: Array("://".utf8)) {
            rest = rest[mark.upperBound...].drop { $0 != UInt8(ascii: "/") }
        }
        guard rest.first == UInt8(ascii: "/") else { return nil }
        return try? TargetPath.normalise(Array(rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }))
    }

    private static func within(_ collection: String, _ identifier: [UInt8]) -> [UInt8]? {
        guard !collection.contains("{"), !identifier.isEmpty else { return nil }
        let escaped = PercentEncoding.component(identifier)
        return Array(collection.utf8) + [UInt8(ascii: "/")] + escaped
    }
}
