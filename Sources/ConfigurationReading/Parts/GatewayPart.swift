import Catalog

/// Reads the section `gateway`.
enum GatewayPart {
    /// The options that `piece` asks for; what is absent or unusable keeps its default.
    static func options(from piece: Piece?) -> GatewayOptions {
        var options = GatewayOptions()
        guard let piece else { return options }
        options.trustedProxies = (piece.texts("trusted-proxies") ?? []).compactMap { try? AddressBlock(parsing: $0) }
        if let timeouts = piece["timeouts"] {
            options.headTimeout = timeouts.duration("head") ?? options.headTimeout
            options.bodyTimeout = timeouts.duration("body") ?? options.bodyTimeout
            options.keepAliveTimeout = timeouts.duration("keep-alive") ?? options.keepAliveTimeout
        }
        options.bodyLimit = piece.size("body-limit")
        options.conflictMemory = piece.size("conflict-memory") ?? options.conflictMemory
        options.bodyMemory = piece.size("body-memory") ?? options.bodyMemory
        options.accessLog = accessLog(from: piece["access-log"])
        if let journal = piece["journal"] {
            options.journal.keep = journal.duration("keep") ?? options.journal.keep
            options.journal.size = journal.size("size") ?? options.journal.size
        }
        options.certificates = certificates(from: piece["tls"]?["certificates"])
        return options
    }

    private static func accessLog(from piece: Piece?) -> AccessLogOptions {
        var options = AccessLogOptions()
        switch piece?.text("to") {
        case nil, "off": options.destination = .off
        case "stderr": options.destination = .standardError
        case .some(let file): options.destination = .file(file)
        }
        options.sample = piece?.text("sample").flatMap(Double.init) ?? options.sample
        return options
    }

    private static func certificates(from piece: Piece?) -> [CertificateFiles] {
        (piece?.items ?? []).compactMap { item in
            guard let certificate = item.text("cert"), let key = item.text("key") else { return nil }
            return CertificateFiles(certificate: certificate, key: key)
        }
    }
}
