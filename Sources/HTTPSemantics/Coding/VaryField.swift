/// `Vary`, for answers whose coding depends on the request (RFC 9110, section 12.5.5).
package enum VaryField {
    /// The lines of the field as one that names `Accept-Encoding` too; `nil` if they say so already, or hold `*`.
    package static func withAcceptEncoding(_ lines: [[UInt8]]) -> [UInt8]? {
        let name = Array("Accept-Encoding".utf8)
        let isNamed = lines.contains { line in
            members(line).contains { ASCII.equals($0, "accept-encoding") || ASCII.equals($0, "*") }
        }
        if isNamed { return nil }
        let present = lines.filter { !members($0).allSatisfy(\.isEmpty) }
        return Array((present + [name]).joined(separator: [ASCII.comma, ASCII.space]))
    }

    /// Field names between commas; a quote has no meaning here, so it hides nothing.
    private static func members(_ line: [UInt8]) -> [ArraySlice<UInt8>] {
        line.split(separator: ASCII.comma).map(ASCII.trimmed)
    }
}
