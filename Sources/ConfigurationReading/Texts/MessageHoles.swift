/// The holes `{{…}}` of a message.
enum MessageHoles {
    /// The names between braces, in order; `nil` for one that is not closed, which ends the list.
    static func names(in text: String) -> [String?] {
        var names: [String?] = []
        var rest = Substring(text)
        while let open = index(of: "{{", in: rest) {
            rest = rest[open...].dropFirst(2)
            guard let close = index(of: "}}", in: rest) else { return names + [nil] }
            names.append(rest[..<close].trimmed)
            rest = rest[close...].dropFirst(2)
        }
        return names
    }

    private static func index(of pair: String, in text: Substring) -> Substring.Index? {
        text.indices.first { text[$0...].hasPrefix(pair) }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let leading = drop { $0 == " " }
        return String(leading.reversed().drop { $0 == " " }.reversed())
    }
}
