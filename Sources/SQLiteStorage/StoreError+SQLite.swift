import GRDB
import StoragePorts

extension StoreError {
    /// What `error`, met at the file of `store` at `path`, means to whoever runs the server.
    init(_ error: any Error, of store: StoreKind, at path: String) {
        if let known = error as? StoreError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.failed, "The \(store.noun) \(path) cannot be used: \(error). \(store.replacement)")
            return
        }
        self.init(error, of: store, at: path)
    }

    private init(_ error: DatabaseError, of store: StoreKind, at path: String) {
        let words = error.message ?? "result code \(error.extendedResultCode.rawValue)"
        let what = "The \(store.noun) \(path)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.corrupt, "\(what) is damaged (\(words)). \(store.remedyOfDamage)")
        case .SQLITE_FULL:
            self.init(.diskFull, "No space is left for the \(store.noun) \(path).", "Free some")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "\(what) is held by another program.", "Close it there")
        case .SQLITE_IOERR:
            self.init(
                .failed,
                "\(what) cannot be read or written (\(words)).",
                "Look whether its disk is full or broken, mend that"
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            self.init(
                .directoryUnwritable,
                "\(what) cannot be opened or written (\(words)). Check its owner and mode."
            )
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
            self.init(.refused, "\(what) does not take an entry: \(words).")
        default:
            self.init(.failed, "\(what) cannot be used (\(words)). \(store.replacement)")
        }
    }

    /// A fault that passes once somebody has done something: a server that runs notices, one that starts cannot wait.
    private init(_ code: Code, _ fact: String, _ remedy: String) {
        self.init(
            code,
            "\(fact) \(remedy); writing goes on by itself.",
            atStart: "\(fact) \(remedy) and start again."
        )
    }
}
