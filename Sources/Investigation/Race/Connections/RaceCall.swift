import NIOCore
import NIOHTTP1

/// A request in the form in which a connection sends it.
struct RaceCall: Sendable {
    /// Where it goes.
    let server: RaceDestination.Server
    /// Request line and header.
    let head: HTTPRequestHead
    /// The body, empty if there is none.
    let body: ByteBuffer
    /// When the answer has to be complete.
    let deadline: NIODeadline

    /// Adds Host, unless it was given, and Content-Length, which nobody else may set.
    /// - Throws: ``RaceObstacle`` for a URL, a method or a field that cannot be sent.
    init(_ request: RaceRequest, until deadline: NIODeadline) throws {
        let destination = try RaceDestination(request.url)
        guard RaceField.isToken(request.method) else { throw RaceObstacle("the method cannot be sent") }
        var headers = HTTPHeaders()
        if request.fields.first(named: "host") == nil { headers.add(name: "Host", value: destination.authority) }
        for field in request.fields where !Self.framing.contains(field.name.lowercased()) {
            guard field.isWellFormed else { throw RaceObstacle("the header field \(field.name) cannot be sent") }
            headers.add(name: field.name, value: field.value)
        }
        body = ByteBuffer(bytes: request.body ?? [])
        // RFC 9110, section 8.6: methods that anticipate a body say so even of an empty one.
        if body.readableBytes > 0 || !Self.bodiless.contains(request.method) {
            headers.add(name: "Content-Length", value: String(body.readableBytes))
        }
        let method = HTTPMethod(rawValue: request.method)
        head = HTTPRequestHead(version: .http1_1, method: method, uri: destination.target, headers: headers)
        server = destination.server
        self.deadline = deadline
    }

    private static let framing: Set = ["content-length", "transfer-encoding"]
    private static let bodiless: Set = ["GET", "HEAD", "DELETE", "CONNECT", "TRACE"]
}
