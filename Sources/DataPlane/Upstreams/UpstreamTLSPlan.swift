package import Catalog
import NIOSSL

/// TLS towards the targets of one upstream, ready to use.
package final class UpstreamTLSPlan: Sendable {
    private let context: NIOSSLContext
    private let serverName: String?
    /// The name the configuration demands, in lower case.
    private let demanded: String?

    /// Reads the trust and prepares TLS for one host.
    /// - Throws: What NIOSSL says of an unreadable certificate file.
    package init(_ settings: UpstreamTLS, host: String) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let file = settings.certificateAuthority { configuration.trustRoots = .file(file) }
        configuration.certificateVerification = settings.verify ? .fullVerification : .none
        configuration.applicationProtocols = ["http/1.1"]
        context = try NIOSSLContext(configuration: configuration)
        let name = settings.serverName ?? host
        let isAddress = name.utf8.contains(UInt8(ascii: ":")) || name.allSatisfy { $0.isNumber || $0 == "." }
        serverName = isAddress ? nil : name
        demanded = settings.verify && !isAddress ? settings.serverName?.lowercased() : nil
    }

    /// Whether the certificate names the server that the configuration demands.
    func accepts(_ certificate: NIOSSLCertificate) -> Bool {
        guard let demanded else { return true }
        return CertificateNames.of(certificate).contains { CertificateNames.covers($0, demanded) }
    }

    /// A handler for a new connection.
    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: serverName)
    }
}
