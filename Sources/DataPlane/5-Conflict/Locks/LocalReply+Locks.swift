import ConflictEngine

extension LocalReply {
    /// What a caller is told whose lock is not on the disk; why is for the log alone.
    static var lockNotKept: LocalReply {
        .unavailable(
            .overloaded,
            "The lock could not be kept: the store of locks cannot be used at the moment. Try again later."
        )
    }

    /// What a caller is told whose lock ended in memory alone; why is for the log alone.
    static var endOfLockNotKept: LocalReply {
        .unavailable(
            .overloaded,
            "The end of the lock could not be kept: the store of locks cannot be used at the moment. Until it ends by "
                + "itself, a restart of the gateway may bring the lock back."
        )
    }
}
