import FoundationEssentials
import Glibc

/// Keeps a database to the user that runs the server, from its first byte on.
enum PrivateFile {
    /// What SQLite appends to a database's path for the files beside it.
    static let sides = ["-wal", "-shm", "-journal"]
    /// What follows a database's path in those of damaged files that were moved aside.
    static let aside = ".corrupt-"

    /// Makes the file at `path`, still empty, if there is none, and takes the rights of others from what is there.
    ///
    /// SQLite gives the files beside a database the database's own mode. What cannot be done here, opening reports.
    static func prepare(_ path: String) {
        // Never opened if it is there: closing it again would end the locks that this process holds on it.
        let made = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if made >= 0 { close(made) }
        for suffix in [""] + sides { unsafe chmod(path + suffix, mode) }
        restrictFilesAside(of: path)
    }

    private static let mode: mode_t = 0o600

    /// Damaged files that earlier versions moved aside hold as much as others.
    private static func restrictFilesAside(of path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = String(path[...slash])
        let beginning = path[path.index(after: slash)...] + aside
        // A folder that cannot be read cannot be written either, which opening reports.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(beginning) {
            unsafe chmod(folder + name, mode)
        }
    }
}
