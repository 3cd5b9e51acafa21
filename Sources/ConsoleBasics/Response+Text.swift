package import HTTPSemantics
package import HTTPTypes
package import Hummingbird

extension Response {
    /// An answer of `text` with its media type.
    package static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// An answer of a JSON document.
    package static func json(_ document: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        text(document.line + "\n", type: "application/json", status: status)
    }
}
