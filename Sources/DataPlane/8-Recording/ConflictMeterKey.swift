/// What conflicts are counted by.
struct ConflictMeterKey: Hashable, Sendable {
    /// The kind's name.
    let kind: String
    /// Who made the conflict.
    let origin: String
    /// What became of it.
    let resolution: String
}
