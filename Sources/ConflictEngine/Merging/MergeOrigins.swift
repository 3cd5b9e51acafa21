package import HTTPSemantics

/// Where the changes in a merged document come from.
///
/// Each list ends at the limit that the merge was given; ``omitted`` counts what did not fit.
package struct MergeOrigins: Sendable, Equatable {
    /// Places that only mine changed; a keyed array stands here itself if its order is mine.
    package internal(set) var mine: [JSONPointer] = []
    /// Places that only theirs changed; a keyed array stands here itself if its order is theirs.
    package internal(set) var theirs: [JSONPointer] = []
    /// Sets and counters that both changed.
    package internal(set) var combined: [JSONPointer] = []
    /// Places and conflicts that were left out.
    package internal(set) var omitted = 0

    /// No changes.
    package init() {}
}
