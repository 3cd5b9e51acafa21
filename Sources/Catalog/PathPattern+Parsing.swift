extension PathPattern {
    /// Reads `/items/{id}` or `/files/{rest...}`; literals must be in the normal form of request paths.
    package init(parsing text: String) throws(TextFault) {
        try PathText.requireNormalForm(text)
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var segments: [Segment] = []
        var names: Set<Substring> = []
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            guard let hole = try Self.hole(in: part, of: text) else {
                guard !part.isEmpty || isLast else {
                    throw TextFault("has an empty segment", remedy: "empty segments match only a final {name...}")
                }
                segments.append(.literal(Array(part.utf8)))
                continue
            }
            guard names.insert(hole.name).inserted else {
                throw TextFault("names the parameter {\(hole.name)} twice", remedy: "give each its own name")
            }
            guard !hole.isTail || isLast else {
                throw TextFault(
                    "has {\(hole.name)...} before its end",
                    remedy: "only the last segment can take the rest"
                )
            }
            segments.append(hole.isTail ? .tail(String(hole.name)) : .parameter(String(hole.name)))
        }
        self.init(segments: segments, source: text)
    }

    /// The parameter that `part` is, or `nil` for a literal.
    private static func hole(
        in part: Substring,
        of path: String
    ) throws(TextFault) -> (name: Substring, isTail: Bool)? {
        guard part.contains(where: { $0 == "{" || $0 == "}" }) else { return nil }
        guard part.first == "{", part.last == "}", part.utf8.count >= 2 else {
            throw TextFault("mixes text and parameter in '\(part)'", remedy: "a parameter is a whole segment: /{name}/")
        }
        var name = part.dropFirst().dropLast()
        let isTail = name.hasSuffix("...")
        if isTail { name = name.dropLast(3) }
        guard ParameterName.isValid(name) else {
            throw TextFault(
                "has the parameter '\(part)' without a usable name",
                remedy: "a name is a letter, then letters, digits, '_' or '-'"
            )
        }
        return (name, isTail)
    }
}
