/// Why a lock could not be refreshed or released.
package enum LockFault: Error, Equatable {
    /// No such lock is held: never granted, released or expired.
    case unknownToken
    /// The lock does not cover the resource of the request.
    case outOfScope
    /// Somebody else created the lock. 403.
    case notHolder

    /// The fault and its remedy, for the client.
    package var summary: String {
        switch self {
        case .unknownToken: "No lock of this token is held; it has expired or been released. Take a new lock."
        case .outOfScope: "The lock of this token does not cover this resource; send the request to its root."
        case .notHolder: "The lock belongs to somebody else; only its creator may refresh or release it."
        }
    }
}
