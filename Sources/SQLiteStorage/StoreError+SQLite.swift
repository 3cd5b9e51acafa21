import GRDB
import StoragePorts

extension StoreError {
    /// What `error`, met at the database file `path`, means to whoever runs the server.
    init(_ error: any Error, at path: String) {
        if let known = error as? StoreError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.failed, "The database \(path) could not be used: \(error).")
            return
        }
        let words = error.message ?? "result code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .corrupt,
                "The database \(path) is damaged (\(words)). It is moved aside and a new one is begun at the next write."
            )
        case .SQLITE_FULL:
            self.init(.diskFull, "No space is left for the database \(path). Free some; writing goes on by itself.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy,
                "The database \(path) is held by another program. Close it there; writing goes on by itself."
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            self.init(
                .directoryUnwritable,
                "The database \(path) cannot be opened or written (\(words)). Check its owner and mode."
            )
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
            self.init(.refused, "The database \(path) does not take an entry: \(words).")
        default:
            self.init(.failed, "The database \(path) could not be used: \(words).")
        }
    }
}
