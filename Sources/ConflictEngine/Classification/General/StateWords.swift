/// Knows the wording of state machines: «order already shipped», «cannot be cancelled in its current state».
enum StateWords {
    private static let done = [
        "shipped", "cancelled", "canceled", "completed", "complete", "paid", "closed", "approved", "rejected",
        "archived", "deleted",
        "refunded", "captured", "processed", "confirmed", "started", "running", "stopped", "finished",
        "submitted", "active",
        "activated", "deactivated", "enabled", "disabled", "accepted", "declined", "merged", "resolved",
        "terminated", "delivered",
        "voided", "settled", "finalized", "finalised", "redeemed", "verified", "paused", "published",
        "unpublished", "dispatched",
        "fulfilled", "invoiced", "signed", "checked out", "checked in", "released", "withdrawn", "fully",
        "in state", "locked out",
        "inactive", "suspended", "ended", "returned", "revoked", "used", "sent", "scheduled", "assigned",
        "failed", "open",
        "refunding", "done", "executed", "committed", "installed", "deployed", "provisioned", "attached",
        "detached", "stopping",
        "starting", "sold", "filled", "exported", "booked", "expired and", "reversed", "written off", "retired",
    ]
    /// Those of them that hardly occur in ordinary complaints about input.
    private static let surelyDone = [
        "shipped", "cancelled", "canceled", "completed", "paid", "closed", "approved", "rejected", "archived",
        "refunded", "captured", "processed", "confirmed", "finished", "submitted", "activated", "deactivated",
        "accepted", "declined", "merged", "resolved", "terminated", "delivered", "voided", "settled", "finalized",
        "finalised", "redeemed", "verified", "published", "dispatched", "fulfilled", "invoiced", "signed", "withdrawn",
        "suspended", "revoked", "deleted", "reversed", "returned",
    ]
    private static let openings = [
        "already ", "already been ", "already in ", "already being ", "already an ", "already a ",
        "already in the ", "already marked as ",
        "already marked ", "already fully ", "has been ", "is currently ",
    ]
    private static let rules = [
        PhraseRule("invalid transition|invalid state transition|invalid status transition", .state),
        PhraseRule("illegal transition|illegal state transition|illegal status transition", .state),
        PhraseRule("transition + not allowed|not permitted|is invalid|is illegal", .state),
        PhraseRule(
            """
            cannot transition|can't transition|cannot move from|transition from|cannot change status|\
            cannot change state
            """,
            .state,
        ),
        PhraseRule(
            """
            in its current state|in the current state|in current state|in its present state|in this state
            """,
            .state,
        ),
        PhraseRule("in its current status|in the current status|in this status", .state),
        PhraseRule("current state|current status + cannot|can't|must be|not allowed|not permitted|expected", .state),
        PhraseRule(
            """
            not in a valid state|invalid state for|is in an invalid state|not in the correct state|wrong state
            """,
            .state,
        ),
        PhraseRule(
            """
            can only be|may only be + if status|when status|if the status|in state|status is|in status|\
            when the status
            """,
            .state,
        ),
        PhraseRule("status must be|state must be|must be in + state|status + !one of|included in|must be a ", .state),
        PhraseRule("only + in state|in status|with status|whose status", .state),
        PhraseRule(
            """
            cannot be|can not be|cannot|can't be + while it is|while the|while in|when status is|when it is in|\
            in state|in status
            """,
            .state,
        ),
    ]
    private static let denied = [
        "cancelled", "canceled", "refunded", "modified", "updated", "edited", "changed", "captured", "started",
        "stopped", "shipped",
        "approved", "reopened", "published", "deleted", "voided", "paid",
    ]

    /// Whether the text says that the present state forbids the operation.
    static func hold(in text: SearchText, loosely: Bool) -> Bool {
        if rules.contains(where: { $0.matches(text) }) { return true }
        let present = openings.prefix(loosely ? openings.count : 2).filter { text.holds($0) }
        let words = loosely ? done : surelyDone
        if words.contains(where: { word in present.contains { text.holds($0 + word) } }) { return true }
        guard text.holds("cannot be ") || text.holds("can't be ") || text.holds("can no longer be ") else {
            return false
        }
        let reasons =
            loosely
            ? ["because", "since", "after", "once", "already", "state", "status", "when", "no longer", "is "]
            : ["already", "in state", "no longer", "status is", "is shipped", "has been"]
        let isDenied = denied.contains { word in
            ["cannot be ", "can't be ", "can no longer be "].contains { text.holds($0 + word) }
        }
        return isDenied && text.holds(any: reasons)
    }
}
