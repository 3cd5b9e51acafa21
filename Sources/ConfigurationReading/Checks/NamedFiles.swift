import Catalog
import Foundation

/// Finds the files that a configuration names: beside the configuration first, then in the working directory.
struct NamedFiles {
    private let folder: String

    /// The files named in the configuration at `path`.
    init(of path: String) { folder = URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// Where the file called `name` is.
    func path(of name: String) -> String {
        guard !name.hasPrefix("/") else { return name }
        let beside = folder + "/" + name
        return FileManager.default.fileExists(atPath: beside) ? beside : name
    }

    /// Puts the places of certificates where their names are.
    func resolve(in configuration: inout Configuration) {
        for index in configuration.gateway.certificates.indices {
            let files = configuration.gateway.certificates[index]
            configuration.gateway.certificates[index].certificate = path(of: files.certificate)
            configuration.gateway.certificates[index].key = path(of: files.key)
        }
        for index in configuration.upstreams.indices {
            guard let name = configuration.upstreams[index].tls.certificateAuthority else { continue }
            configuration.upstreams[index].tls.certificateAuthority = path(of: name)
        }
    }
}
