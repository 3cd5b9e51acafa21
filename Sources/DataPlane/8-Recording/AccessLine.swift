import HTTPSemantics

/// One line of the access log.
package struct AccessLine: Sendable {
    /// When the exchange ended, in milliseconds since 1970.
    var time: Int64
    /// The service, if a route matched.
    var service: String?
    /// The route, if one matched.
    var route: String?
    /// The method.
    var method: String
    /// The path in normal form, without the query, which may hold secrets.
    var path: String
    /// The status sent.
    var status: Int
    /// Bytes of the request's body.
    var bytesIn: Int
    /// Bytes of the answer's body.
    var bytesOut: Int
    /// From the request's head to the answer's last byte.
    var microseconds: UInt64
    /// The caller, if known.
    var consumer: String?
    /// The caller's address.
    var client: String
    /// The request's identifier.
    var requestID: String
    /// The target that answered.
    var target: String?

    /// The line as JSON, ending in a line feed.
    var bytes: [UInt8] {
        var object = JSONObject()
        object.set("time", to: .string(RFC3339.text(milliseconds: time)))
        object.set("method", to: .string(method))
        object.set("path", to: .string(path))
        object.set("status", to: .number(JSONNumber(status)))
        object.set("duration_us", to: .number(JSONNumber(microseconds)))
        object.set("bytes_in", to: .number(JSONNumber(bytesIn)))
        object.set("bytes_out", to: .number(JSONNumber(bytesOut)))
        object.set("client", to: .string(client))
        object.set("request_id", to: .string(requestID))
        for (name, value) in [("service", service), ("route", route), ("consumer", consumer), ("target", target)] {
            if let value { object.set(name, to: .string(value)) }
        }
        return JSONWriter.bytes(.object(object)) + [10]
    }
}
