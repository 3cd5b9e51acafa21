/// How far below its root a lock reaches (RFC 4918, section 9.10.3).
package enum LockDepth: String, Sendable, Equatable, CaseIterable {
    /// The root alone; of a collection also which members it has.
    case zero = "0"
    /// The root and all that is or comes to be below it.
    case infinity
}
