import ConflictEngine

/// The memory that bodies which are taken whole share.
protocol BodyMemory: AnyObject, Sendable {
    /// Takes so many bytes; false if they are not free.
    func reserve(_ bytes: Int) -> Bool
    /// Gives back what was taken.
    func release(_ bytes: Int)
}

extension VersionHistory: BodyMemory {}
extension MemoryBudget: BodyMemory {}
