/// Writes a file that has every section, with or without its defaults.
struct SampleFile {
    /// Whether keys that may be absent are written, with their defaults.
    let writesDefaults: Bool

    /// Values for keys that must be there, by section and key.
    private static let values = [
        "File.parley": "1", "upstreams.NAME.targets[].url": "http://127.0.0.1:9001",
        "upstreams.NAME.health.path": "/health", "services.NAME.upstream": "main",
        "services.NAME.routes.NAME.path": "/items/{id}", "policies.rate-limit.quota": "10",
        "policies.rate-limit.window": "1s", "policies.cors.origins": "[https://app.example.com]",
        "policies.redirect.to": "/new/{id}",
    ]

    /// Keys that are always written, so that others make sense: nothing is merged at the level `observe`.
    private static let always = ["policies.conflict.level": "serialise"]

    /// The lines of `section`, indented by `indent` columns.
    func text(of section: SchemaSection, indent: Int) -> String {
        section.keys.map { key in line(of: key, in: section, indent: indent) }.joined()
    }

    private func line(of key: SchemaKey, in section: SchemaSection, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        switch key.form {
        case .section(let below), .switchable(let below):
            let inner = text(of: below, indent: indent + 2)
            return inner.isEmpty ? "\(margin)\(key.name): {}\n" : "\(margin)\(key.name):\n\(inner)"
        case .named(let form, let noun) where ["upstream", "service", "route"].contains(noun):
            let inner = form.section.map { text(of: $0, indent: indent + 4) } ?? ""
            return "\(margin)\(key.name):\n\(margin)  main:\n\(inner)"
        case .list(.section(let item), _) where key.isRequired:
            let lines = text(of: item, indent: indent + 4)
            return "\(margin)\(key.name):\n\(margin)  - \(lines.dropFirst(indent + 4))"
        default: break
        }
        if let value = Self.always["\(section.title).\(key.name)"] { return "\(margin)\(key.name): \(value)\n" }
        if key.isRequired { return "\(margin)\(key.name): \(Self.values["\(section.title).\(key.name)"] ?? "{}")\n" }
        guard writesDefaults, !key.standard.hasPrefix("(") else { return "" }
        return "\(margin)\(key.name): \(key.standard)\n"
    }
}
