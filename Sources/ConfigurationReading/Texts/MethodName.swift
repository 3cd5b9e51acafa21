import Catalog

/// A request method.
enum MethodName {
    /// The methods that change nothing (RFC 9110, section 9.2.1).
    static let safe: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]

    private static let registered = [
        "GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "PROPPATCH", "MKCOL", "COPY",
        "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT", "QUERY",
    ]

    /// Refuses what cannot be a method of a route.
    static func check(_ text: String) throws(TextFault) {
        guard FieldName.isToken(text), text.utf8.count <= 32 else {
            throw TextFault("is not a method", remedy: "write a method such as GET or PUT")
        }
        guard text != "CONNECT" else { throw TextFault("is never forwarded", remedy: "leave CONNECT out") }
        let upper = text.uppercased()
        if text != upper { throw TextFault("is not in upper case", remedy: "write \(upper)") }
        guard !registered.contains(text), let near = NearestName.to(text, among: registered) else { return }
        // A method nobody registered is legal, one edit away from a registered one it is a slip.
        guard near.count >= 4, near.count == text.count || abs(near.count - text.count) == 1 else { return }
        throw TextFault("is not a known method", remedy: "did you mean \(near)?")
    }
}
