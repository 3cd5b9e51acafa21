import ConflictEngine

extension Exchange {
    /// What an unsafe request may have changed is read anew (RFC 9111 §4.4): writes that take turns say so themselves.
    func endCachedReads() {
        guard !method.isSafe, plan?.conflict?.isSerialise == true else { return }
        loop.shared.representations.invalidate(identity)
        for destination in destinationIdentities() { loop.shared.representations.invalidate(destination) }
    }
}
