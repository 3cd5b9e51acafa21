package import HTTPSemantics

/// What became of bringing a patch to the current version.
package enum RebaseResult: Sendable, Equatable {
    /// The patch has nothing to do with what changed; this is what it makes of the current version.
    case applied(JSONValue)
    /// Patch and changes meet only where rules tell how to merge; this is the merge of the patched base with theirs.
    case merged(JSONValue, MergeOrigins)
    /// Patch and changes exclude each other at these places; nothing may be written. The number is of those left out.
    case conflicting([MergeConflict], omitted: Int)
    /// The patch cannot be applied: to the base, or, if limits are exceeded, to theirs.
    case refused(JSONPatchFault)
}
