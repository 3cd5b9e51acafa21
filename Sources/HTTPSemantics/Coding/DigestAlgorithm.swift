/// The hash algorithms of digest fields that are in active use (RFC 9530, section 5).
package enum DigestAlgorithm: String, Sendable, CaseIterable {
    case sha256 = "sha-256"
    case sha512 = "sha-512"
}
