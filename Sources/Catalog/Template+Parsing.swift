extension Template {
    /// Reads text with holes: `{name}` for a parameter of `pattern`, `{query.name}` for a query value.
    package init(parsing text: String, pattern: PathPattern) throws(TextFault) {
        let names = pattern.parameterNames
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw TextFault("has a brace without its partner", remedy: "a hole is written {name}")
            }
            if open > rest.startIndex { parts.append(.literal(Array(rest[..<open].utf8))) }
            parts.append(try Self.hole(rest[rest.index(after: open)..<close], names: names))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        self.init(parts: parts, source: text)
    }

    /// The template that fills in a pattern with what it captured: what `resource` is by default.
    package init(filling pattern: PathPattern) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var captured = 0
        for segment in pattern.segments {
            literal.append(UInt8(ascii: "/"))
            switch segment {
            case .literal(let bytes): literal += bytes
            case .parameter, .tail:
                parts += [.literal(literal), .parameter(captured)]
                literal = []
                captured += 1
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.init(parts: parts, source: pattern.source)
    }

    /// The names of query fields it uses.
    package var queryNames: [String] {
        parts.compactMap { part in
            if case .query(let name) = part { name } else { nil }
        }
    }

    private static func hole(_ written: Substring, names: [String]) throws(TextFault) -> Part {
        if written.hasPrefix("query.") {
            let name = written.dropFirst(6)
            guard !name.isEmpty, name.utf8.allSatisfy(PathText.isUnreserved) else {
                throw TextFault("has the hole '{\(written)}' without a usable query name", remedy: "write {query.name}")
            }
            return .query(String(name))
        }
        let name = written.hasSuffix("...") ? written.dropLast(3) : written
        guard let index = names.firstIndex(of: String(name)) else {
            let known = names.map { "{\($0)}" }.joined(separator: ", ")
            throw TextFault(
                "uses {\(written)}, which the path does not capture",
                remedy: known.isEmpty ? "the path has no parameters" : "the path has \(known)"
            )
        }
        return .parameter(index)
    }
}
