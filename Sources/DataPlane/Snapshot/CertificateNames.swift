import NIOSSL

/// The DNS names of certificates (RFC 6125 §6.4).
enum CertificateNames {
    /// The names of a certificate, in lower case.
    static func of(_ certificate: NIOSSLCertificate) -> [String] {
        var names: [String] = []
        for name in certificate._subjectAlternativeNames() where name.nameType == .dnsName {
            names.append(String(decoding: name.contents, as: UTF8.self).lowercased())
        }
        return names
    }

    /// Whether a name of a certificate, perhaps with a wildcard for its first label, covers a host in lower case.
    static func covers(_ pattern: String, _ name: String) -> Bool {
        if pattern == name { return true }
        guard pattern.hasPrefix("*."), let dot = name.firstIndex(of: ".") else { return false }
        return name[dot...] == pattern.dropFirst()
    }
}
