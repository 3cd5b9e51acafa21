/// Something that must act when its time has come.
package protocol DeadlineOwner: AnyObject {
    /// Where its entry stands; kept by the table.
    var deadlineIndex: Int { get set }

    /// Called on the loop once the deadline has passed; the deadline is cleared before.
    func deadlinePassed(now: UInt64)
}
