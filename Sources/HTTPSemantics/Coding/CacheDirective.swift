/// Single directives of `Cache-Control` (RFC 9111, section 5.2).
package enum CacheDirective {
    /// Whether a line of `Cache-Control` forbids intermediaries to change the content.
    package static func forbidsTransforming(_ line: ArraySlice<UInt8>) -> Bool {
        CommaList(line).contains { ASCII.equals($0, "no-transform") }
    }
}
