import Catalog
import Glibc

/// Finds the files that a configuration names: beside the configuration first, then in the working directory.
struct NamedFiles {
    private let folder: String

    /// The files named in the configuration at `path`.
    init(of path: String) {
        folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Where the file called `name` is.
    func path(of name: String) -> String {
        guard !name.hasPrefix("/") else { return name }
        let beside = folder + name
        return exists(beside) ? beside : name
    }

    /// Whether there is anything at a path.
    func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Whether this process may read what is at a path.
    func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

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
