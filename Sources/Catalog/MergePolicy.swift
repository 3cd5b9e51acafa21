/// How stale writes are brought to the current version (contract, section 8, `merge`).
///
/// Places are RFC 6901 pointers, in which `*` stands for any one step.
package struct MergePolicy: Sendable, Equatable {
    /// Places that change as a whole or not at all.
    package var atomic: [String] = []
    /// Arrays whose items are told apart by a field, as pairs of place and field.
    package var keyed: [Keyed] = []
    /// Arrays of scalars whose order means nothing.
    package var sets: [String] = []
    /// Numbers to which both sides' differences are added.
    package var counters: [String] = []
    /// Places that only one side may change between two versions.
    package var groups: [[String]] = []
    /// Times a merge is tried anew when the upstream has moved on meanwhile.
    package var attempts = 3

    /// An array whose items are told apart by a field.
    package struct Keyed: Sendable, Equatable {
        /// Where the array is.
        package var place: String
        /// The field.
        package var field: String

        /// The array at `place`, told apart by `field`.
        package init(place: String, field: String) {
            self.place = place
            self.field = field
        }
    }

    /// Objects are merged member by member, nothing else.
    package init() {}
}
