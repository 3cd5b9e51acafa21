/// A certificate chain and its key, as files in PEM form.
package struct CertificateFiles: Sendable, Equatable {
    /// Path of the chain, leaf first.
    package var certificate: String
    /// Path of the private key.
    package var key: String

    /// Names the two files.
    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
