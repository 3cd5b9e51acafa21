package import HTTPSemantics

/// A place where two changes exclude each other, with what each of the three documents holds there.
///
/// The values are for callers who may read the resource; nobody else may see them.
package struct MergeConflict: Sendable, Equatable {
    /// Where: plain RFC 6901.
    ///
    /// An item of a keyed array is named by its index in theirs; if it is not there, in mine; else in the base.
    package let pointer: JSONPointer
    /// What both started from; `nil` if there was nothing.
    package let base: JSONValue?
    /// What the client wants; `nil` if it wants nothing there.
    package let mine: JSONValue?
    /// What is current; `nil` if nothing is there.
    package let theirs: JSONValue?
    /// Why they exclude each other.
    package let reason: Reason

    /// A conflict over `versions` at `tokens`.
    init(at tokens: [String], _ versions: ThreeVersions, _ reason: Reason) {
        pointer = JSONPointer(tokens: tokens)
        base = versions.base
        mine = versions.mine
        theirs = versions.theirs
        self.reason = reason
    }
}
