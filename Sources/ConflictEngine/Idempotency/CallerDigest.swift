/// Names for callers that the gateway does not know: the same for the same credentials, over restarts too.
package enum CallerDigest {
    /// The name of a caller with these values of `Authorization` and `Cookie`; `nil` without any.
    package static func name(authorization: [[UInt8]], cookie: [[UInt8]]) -> String? {
        guard !authorization.isEmpty || !cookie.isEmpty else { return nil }
        var hasher = LabelledHash()
        for value in authorization { hasher.add("authorization", value) }
        for value in cookie { hasher.add("cookie", value) }
        return "credentials:" + hasher.finished.map { byte in String(byte, radix: 16) }.joined(separator: ".")
    }
}
