import StoragePorts

/// Takes conflicts of which nobody wants to know, where plans are compiled but nothing is served.
struct DiscardedConflicts: ConflictRecording {
    func record(_ entry: ConflictEntry) {}
}
