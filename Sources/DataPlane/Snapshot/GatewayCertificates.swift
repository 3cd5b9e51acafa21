import Catalog
import NIOSSL

/// The certificates of the gateway port, chosen by the name a client asks for (SNI, RFC 6066 §3).
final class GatewayCertificates: Sendable {
    private let contexts: [(names: [String], context: NIOSSLContext)]

    /// Reads certificates and keys.
    init(_ files: [CertificateFiles]) throws(CompileFault) {
        var contexts: [(names: [String], context: NIOSSLContext)] = []
        for pair in files {
            do {
                let chain = try NIOSSLCertificate.fromPEMFile(pair.certificate)
                let key = try NIOSSLPrivateKey(file: pair.key, format: .pem)
                var configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(key)
                )
                configuration.applicationProtocols = ["http/1.1"]
                configuration.minimumTLSVersion = .tlsv12
                contexts.append(
                    (chain.first.map(CertificateNames.of) ?? [], try NIOSSLContext(configuration: configuration))
                )
            } catch {
                throw CompileFault("certificate \(pair.certificate) with key \(pair.key) cannot be used: \(error)")
            }
        }
        self.contexts = contexts
    }

    /// The context for a name; the first for unknown names and for clients that name none.
    func context(for name: String?) -> NIOSSLContext? {
        guard let name = name?.lowercased() else { return contexts.first?.context }
        return contexts.first { $0.names.contains { CertificateNames.covers($0, name) } }?.context
            ?? contexts.first?.context
    }
}
