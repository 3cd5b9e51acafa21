import Catalog

/// Reads the keys `unique` and `referenced` of one policy `conflict`.
struct GuardsPart {
    /// The policy.
    let piece: Piece
    /// Its name for messages.
    let path: String

    /// The rules of `unique`; what is unusable is left out.
    func unique(into findings: inout Findings) -> [UniqueRule] {
        (piece["unique"]?.items ?? []).compactMap { item in
            guard let field = item.text("field"), let requests = pattern(item) else { return nil }
            var rule = UniqueRule(field: field, on: requests)
            rule.ignoresCase = item.flag("ignore-case") ?? false
            rule.lookup = template(item, "lookup", requests, more: ["value"], into: &findings)
            rule.found = item.text("when")
            return rule
        }
    }

    /// The rules of `referenced`; what is unusable is left out.
    func referenced(into findings: inout Findings) -> [ReferenceRule] {
        (piece["referenced"]?.items ?? []).compactMap { item in
            guard let requests = pattern(item),
                let lookup = template(item, "by", requests, more: [], into: &findings)
            else { return nil }
            return ReferenceRule(on: requests, by: lookup, found: item.text("when") ?? "/0")
        }
    }

    private func pattern(_ item: Piece) -> RequestPattern? {
        item.text("on").flatMap { try? RequestText.pattern($0) }  // what is no pattern was reported by the schema
    }

    private func template(
        _ item: Piece,
        _ key: String,
        _ requests: RequestPattern,
        more: [String],
        into findings: inout Findings
    ) -> Template? {
        guard let written = item[key], let text = written.text else { return nil }
        do throws(TextFault) {
            return try RequestText.lookup(text, pattern: requests.path, more: more)
        } catch {
            findings.error(
                error,
                about: "'\(path).\(key == "by" ? "referenced" : "unique")': '\(text.shortened)'",
                at: written.position
            )
            return nil
        }
    }
}
