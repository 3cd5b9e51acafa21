/// What a 207 says about one resource (RFC 4918, section 14.24).
package struct DAVResponse: Sendable, Equatable {
    /// The path or URI of the resource.
    package let resource: [UInt8]
    /// The status that it would have got alone.
    package let status: Int
    /// The condition that failed, if one did.
    package let condition: DAVCondition?

    /// A response for one resource.
    package init(_ resource: [UInt8], status: Int, condition: DAVCondition? = nil) {
        self.resource = resource
        self.status = status
        self.condition = condition
    }

    /// The element, for a document that declares the prefix `D`.
    var element: [UInt8] {
        let line = Array("HTTP/1.1 \(status) \(Self.phrase(status))".utf8)
        let error = condition.map { DAVDocument.wrapped("error", $0.element) } ?? []
        let content = DAVDocument.href(resource) + DAVDocument.wrapped("status", line) + error
        return DAVDocument.wrapped("response", content)
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 423: "Locked"
        case 424: "Failed Dependency"
        default: ""
        }
    }
}
