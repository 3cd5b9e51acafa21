/// Tells that something cannot go because other things need it, whatever verb is used.
enum DependenceWords {
    private static let removals = [
        "cannot be deleted", "cannot delete", "can't delete", "can't be deleted", "can not delete",
        "can not be deleted",
        "unable to delete", "could not be deleted", "could not delete", "cannot be removed", "cannot remove",
        "can not be removed", "before you can delete", "before deleting", "cannot close", "must be moved or deleted",
        "cannot be destroyed", "cannot destroy", "deletion failed", "could not be completed",
    ]
    private static let bonds = [
        "in use", "still using", "using it", "has one or more", "contains one or more", "relationship", "associated",
        "still contain", "it contains", "contains repositories", "referenc", "depend", "are active", "still active",
        "existing", "attached", "linked to", "still member", "is assigned", "assigned to it", "non empty",
        "non-empty", "not empty", "has child", "it has children", "has active", "still has", "pointing to",
        "child ", "because it is used", "being used",
    ]
    private static let statements = [
        "one or more references exist", "entity references this", "are still members of", "is still using it",
        "foreign key violation", "must be disassociated", "must disassociate", "is currently in use by", "is in use by",
        "are still referencing", "references to it from", "has existing references", "still being referenced",
    ]

    /// Whether one sentence says so.
    static func hold(in sentences: [SearchText]) -> Bool {
        let isRefused = sentences.contains { $0.holds(any: removals) }
        return sentences.contains { sentence in
            if isRefused, sentence.holds(any: ["currently used", "is used in", "is used by", "is in use"]) {
                return true
            }
            if sentence.holds(any: statements), !sentence.holds("limit") { return true }
            return sentence.holds(any: removals) && sentence.holds(any: bonds)
                && !sentence.holds(any: ["permission", "denied", "authoriz"])
        }
    }
}
