import Glibc
package import StoragePorts

/// The folder that holds everything a server keeps, claimed for this process until ``release()`` or the end of the process.
///
/// The claim is a kernel lock on the file `lock`, so it dies with the process, whatever kills it. Readers do not need it.
package final class DataDirectory: Sendable {
    /// The folder's path, as given.
    package let path: String
    private let lock: FileLock

    /// Makes the folder (mode 0700) if there is none, and claims it.
    ///
    /// - Throws: `directoryLocked` if another server has it; `directoryUnwritable` if it cannot be made or written.
    package init(claiming path: String) throws(StoreError) {
        try Self.makeFolder(path)
        self.path = path
        lock = try FileLock(claiming: path + "/lock", in: path)
    }

    /// Gives the folder up, so that another server may claim it.
    package func release() { lock.release() }

    /// The path of the file called `name` in here.
    package func file(_ name: String) -> String { path + "/" + name }

    private static func makeFolder(_ path: String) throws(StoreError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.directoryUnwritable, "The data directory has no usable name. Name one with --data.")
        }
        // Every missing folder above is made too, as a first `parley serve --data var/lib/parley` expects.
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        var soFar = path.hasPrefix("/") ? "/" : ""
        for part in parts {
            soFar += soFar.isEmpty || soFar == "/" ? String(part) : "/" + part
            guard unsafe mkdir(soFar, 0o700) != 0, errno != EEXIST else { continue }
            // A folder above may be unwritable and still be there.
            guard unsafe access(soFar, F_OK) != 0 else { continue }
            let reason = SystemReason.last()
            throw StoreError(
                .directoryUnwritable,
                "The data directory \(path) cannot be made: \(reason). Make it writable for this user or name another with --data."
            )
        }
        guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else {
            let reason = SystemReason.last()
            throw StoreError(
                .directoryUnwritable,
                "The data directory \(path) cannot be written: \(reason). Change its owner or name another with --data."
            )
        }
    }
}
