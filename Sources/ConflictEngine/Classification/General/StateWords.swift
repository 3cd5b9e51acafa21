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
        "suspended", "revoked", "deleted", "reversed", "returned", "archived", "started", "stopped", "running",
        "powered", "initialized", "initialised", "acknowledged", "ended", "fulfilled", "pending", "scheduled",
        "cancelling", "reopened", "unarchived", "enabled", "disabled", "active",
    ]
    /// Those that are adjectives of anything as well.
    private static let loose: Set<String> = ["active", "enabled", "disabled", "pending", "signed", "scheduled"]
    /// Words before «already» that make a sentence of it.
    private static let auxiliaries = ["is", "are", "was", "were", "been", "be", "has", "have", "being"]
    private static let verbs = [
        "cancel ", "edit ", "delete ", "modify ", "update ", "refund ", "void ", "capture ", "redirect ",
        "ship ", "publish ", "approve ", "start ", "stop ", "close ",
    ]
    private static let transient = [
        "is being deleted", "still being", "marked for deletion", "pending deletion", "scheduled for deletion",
        "is being terminated", "in unexpected state", "in an unexpected state", "in a transient state",
        "state which does not allow", "is archived", "are archived", "is in read-only mode", "is not in-progress",
        "is not in progress", "in deleting state", "being created or deleted", "not yet approved",
        "current status is", "has already started", "already in the requested state",
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
        PhraseRule(
            "status must be|state must be|must be in + state|status + !one of|included in|must be a | or closed|must be active",
            .state
        ),
        PhraseRule("only + in state|in status|with status|whose status", .state),
        PhraseRule(
            """
            cannot be|can not be|cannot|can't be + while it is|while the|while in|when status is|when it is in|\
            in state|in status
            """,
            .state,
        ),
    ]
    /// Whether a code such as `alreadyrevoked` or `refundalreadypending` names a finished state.
    static func isDone(codeText: SearchText) -> Bool {
        codeText.holds("already") && surelyDone.contains { codeText.holds("already" + $0) }
    }

    /// Whether a sentence says how things are: under a conflict status that is why the operation was refused.
    static func isReason(_ sentence: SearchText) -> Bool {
        let padded = SearchText([0x20] + sentence.bytes + [0x20])
        return padded.holds(any: [
            " is ", " are ", " not ", " no ", " must ", " only ", "n't ", " first ", " rejected ",
        ])
            && !padded.holds(any: ["conflict", "unknown"])
    }

    /// «Is already paid» or «order already paid.», but not «the amount already paid by the customer».
    private static func isFinished(_ word: String, in text: SearchText) -> Bool {
        for phrase in ["already " + word, "already been " + word] {
            guard let position = text.position(of: Array(phrase.utf8), from: 0) else { continue }
            let next = text.bytes.dropFirst(position + phrase.utf8.count).first ?? 0x0A
            if phrase.hasPrefix("already been") || !ASCIIText.isSpace(next) || next == 0x0A { return true }
            let before = ASCIIText.trimmed(text.bytes[max(0, position - 12)..<position])
            // «You are already signed out» speaks of the caller.
            if before.suffix(7).elementsEqual("you are".utf8) { continue }
            let start = before.lastIndex { !ASCIIText.isAlphanumeric($0) }.map { $0 + 1 } ?? before.startIndex
            if auxiliaries.contains(where: { before[start...].elementsEqual($0.utf8) }) { return true }
        }
        return false
    }

    /// «Cannot cancel a fulfilled order», «cannot delete published».
    private static func isForbidden(_ text: SearchText) -> Bool {
        text.sentences.contains { sentence in
            let isDenied = ["cannot ", "can't ", "can not "].contains { denial in
                verbs.contains { sentence.holds(denial + $0) }
            }
            let isOver = surelyDone.contains { !loose.contains($0) && sentence.holds(" " + $0) }
            return isDenied && isOver && !sentence.holds(any: ["field", "more than", "exceed"])
        }
    }

    private static let denied = [
        "cancelled", "canceled", "refunded", "modified", "updated", "edited", "changed", "captured", "started",
        "stopped", "shipped",
        "approved", "reopened", "published", "deleted", "voided", "paid",
    ]

    /// Whether the text says that the present state forbids the operation.
    static func hold(in text: SearchText, loosely: Bool) -> Bool {
        if rules.contains(where: { $0.matches(text) }) || text.holds(any: transient) { return true }
        if loosely {
            let present = openings.filter { text.holds($0) }
            if done.contains(where: { word in present.contains { text.holds($0 + word) } }) { return true }
        } else if surelyDone.contains(where: { isFinished($0, in: text) }) || isForbidden(text) {
            return true
        }
        guard text.holds("cannot be ") || text.holds("can't be ") || text.holds("can no longer be ") else {
            return false
        }
        let reasons =
            loosely
            ? ["because", "since", "after", "once", "already", "state", "status", "when", "no longer", "is "]
            : ["already", "in state", "no longer", "status is", "is shipped", "has been", "as it has", "since it has"]
        let isDenied = denied.contains { word in
            ["cannot be ", "can't be ", "can no longer be "].contains { text.holds($0 + word) }
        }
        return isDenied && text.holds(any: reasons)
    }
}
