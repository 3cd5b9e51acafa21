/// TLS towards `https` targets.
package struct UpstreamTLS: Sendable, Equatable {
    /// File of PEM certificates to trust instead of the system's.
    package var certificateAuthority: String?
    /// Name to verify and to send as SNI instead of the target's host.
    package var serverName: String?
    /// Whether the certificate is verified.
    package var verify = true

    /// Verification against the system's trust.
    package init() {}
}
