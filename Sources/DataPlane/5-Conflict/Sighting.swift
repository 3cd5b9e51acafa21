import ConflictEngine
import HTTPSemantics

/// A version just read, with all that history keeps of it.
struct Sighting {
    /// The version.
    let tag: EntityTag
    /// What the history keeps of it.
    let record: VersionRecord
    /// Whose versions it is kept among: `nil` for derived tags.
    let credential: UInt64?
    /// Its variant for noticing writes from elsewhere.
    let variant: UInt64
}
