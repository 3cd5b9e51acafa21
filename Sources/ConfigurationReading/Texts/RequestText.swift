import Catalog

/// A method and what it is sent to, as `POST /users` or `GET /users?email={value}`.
enum RequestText {
    /// Splits such a text.
    static func split(_ text: String) throws(TextFault) -> (method: String, target: String) {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasPrefix("/") else {
            throw TextFault("is no method with a path", remedy: "write a method and a path such as POST /users")
        }
        let method = String(parts[0])
        try MethodName.check(method)
        return (method, String(parts[1]))
    }

    /// Requests that a rule is about.
    static func pattern(_ text: String) throws(TextFault) -> RequestPattern {
        let (method, target) = try split(text)
        guard !MethodName.safe.contains(method) else {
            throw TextFault("changes nothing", remedy: "name the request that creates or deletes")
        }
        return RequestPattern(method: method, path: try PathPattern(parsing: target))
    }

    /// The path and query of a lookup; holes are the parameters of `pattern` and then `more`.
    static func lookup(_ text: String, pattern: PathPattern, more: [String]) throws(TextFault) -> Template {
        let (method, target) = try split(text)
        guard method == "GET" else { throw TextFault("does not only read", remedy: "write GET and a path") }
        var known = pattern
        known.segments += more.map { .parameter($0) }
        return try Template(parsing: target, pattern: known)
    }
}
