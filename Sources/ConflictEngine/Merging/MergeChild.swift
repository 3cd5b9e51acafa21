/// A place one step below another, as a merge sees it.
struct MergeChild {
    /// The step, exactly: a member's name or an item's key.
    let step: ScalarKey
    /// The step as rules name it.
    let name: String
    /// The step as the pointer of a conflict names it.
    let token: String
    /// What the three documents hold there.
    let versions: ThreeVersions
}
