import HTTPSemantics
import TestKit

extension HTTPTestResponse {
    /// The body as JSON, if it is that.
    var json: JSONValue? { try? JSONParser.parse(body) }  // what is no JSON has no members

    /// The kind of problem that the body tells, if it is a problem document.
    var kind: String? { self["content-type"] == "application/problem+json" ? json?["kind"]?.string : nil }
}
