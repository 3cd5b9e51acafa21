/// A request for a test client to send.
package struct HTTPTestRequest: Sendable, Equatable {
    /// The method.
    package var method: String
    /// The request target as it stands on the request line.
    package var target: String
    /// The fields; Host and, where there is a body, Content-Length are added if absent.
    package var fields: [HTTPField]
    /// The body.
    package var body: [UInt8]

    /// A request.
    package init(_ method: String, _ target: String, fields: [HTTPField] = [], body: [UInt8] = []) {
        (self.method, self.target, self.fields, self.body) = (method, target, fields, body)
    }

    /// The bytes of the head, for `host`.
    func head(for host: String) -> [UInt8] {
        var lines = "\(method) \(target) HTTP/1.1\r\n"
        if fields.first(named: "host") == nil { lines += "Host: \(host)\r\n" }
        for field in fields { lines += "\(field.name): \(field.value)\r\n" }
        let framing = fields.first(named: "content-length") ?? fields.first(named: "transfer-encoding")
        if framing == nil, !body.isEmpty || ["PUT", "POST", "PATCH"].contains(method) {
            lines += "Content-Length: \(body.count)\r\n"
        }
        return Array((lines + "\r\n").utf8)
    }
}
