/// Which store a file is, and what that means to whoever runs the server.
enum StoreKind: Sendable {
    /// The conflict journal.
    case journal
    /// The ledger of calls of models.
    case usage
    /// The ledger of idempotency keys.
    case ledger
    /// The locks and fencing numbers.
    case locks

    /// What messages call it.
    var noun: String {
        switch self {
        case .journal: "journal"
        case .usage: "usage ledger"
        case .ledger: "idempotency ledger"
        case .locks: "lock store"
        }
    }

    /// What becomes of a damaged file: one that tells of the past is replaced, one that holds promises never is.
    var remedyOfDamage: String {
        switch self {
        case .journal, .usage: "It is moved aside and a new one is begun at the next write."
        case .ledger, .locks: "It holds promises, so it is not replaced by itself. \(replacement)"
        }
    }

    /// How a person replaces the file, and what is forgotten then.
    var replacement: String {
        "Stop the server, restore a copy of the file or move it away together with its -wal and -shm, and start again; "
            + "without it \(loss)."
    }

    private var loss: String {
        switch self {
        case .journal: "the conflicts so far are forgotten"
        case .usage: "the calls so far and what quotas have counted are forgotten"
        case .ledger: "every key is forgotten, and a retry of what was carried out is carried out again"
        case .locks: "every lock is forgotten, and fencing numbers begin anew"
        }
    }
}
