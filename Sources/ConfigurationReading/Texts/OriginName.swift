import Catalog

/// An origin of web pages, `scheme://host[:port]`, or `*` for all.
struct OriginName {
    /// In lower case, with the standard port left out.
    let text: String

    /// Reads `https://app.example.com` or `*`.
    init(parsing written: String) throws(TextFault) {
        if written == "*" {
            text = written
            return
        }
        guard written != "null" else {
            throw TextFault("stands for files and sandboxes of anyone", remedy: "name the origins themselves")
        }
        guard !written.contains("*") else {
            throw TextFault("has '*' in the middle", remedy: "write each origin out, or \"*\" alone")
        }
        let target = try Target(url: written)
        guard target.pathPrefix.isEmpty, written.last != "/" else {
            throw TextFault("has a path", remedy: "an origin is scheme, host and port: '\(Self.origin(of: target))'")
        }
        text = Self.origin(of: target)
    }

    private static func origin(of target: Target) -> String { "\(target.scheme.rawValue)://\(target.authority)" }
}
