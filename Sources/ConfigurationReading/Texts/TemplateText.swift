import Catalog

/// Reads templates, which may hold different things in different places.
struct TemplateText {
    /// Where a template stands.
    enum Use {
        /// A path sent upstream.
        case rewrite
        /// What a write changes.
        case resource
        /// Where a caller is sent.
        case redirect
    }

    private let use: Use

    /// Reads templates for `use`.
    init(_ use: Use) { self.use = use }

    /// The template that `text` is, with the parameters of `pattern`.
    func template(_ text: String, pattern: PathPattern) throws(TextFault) -> Template {
        let template = try Template(parsing: text, pattern: pattern)
        switch use {
        case .rewrite:
            guard template.queryNames.isEmpty else {
                throw TextFault("uses a query value", remedy: "the query is sent on as it came")
            }
            try PathText.requireNormalForm(text)
        case .resource:
            let question = text.firstIndex(of: "?") ?? text.endIndex
            try PathText.requireNormalForm(String(text[..<question]))
            try requireQueryOnly(behind: text[question...])
        case .redirect:
            try requireLocation(text)
        }
        return template
    }

    private func requireQueryOnly(behind text: Substring) throws(TextFault) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw TextFault("holds a character in its query that no URL can", remedy: "escape it with %")
        }
    }

    private func requireLocation(_ text: String) throws(TextFault) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw TextFault("holds a character that no URL can", remedy: "escape it with %")
        }
        if text.hasPrefix("/"), !text.hasPrefix("//") { return }
        let lower = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else {
            throw TextFault("is neither an absolute URL nor an absolute path", remedy: "begin with https:// or '/'")
        }
        let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !host.isEmpty, !host.contains("@") else {
            throw TextFault("names no host", remedy: "write https://HOST/PATH")
        }
        guard !host.contains("{") else {
            throw TextFault("lets the caller choose the host", remedy: "write the host out")
        }
    }
}
