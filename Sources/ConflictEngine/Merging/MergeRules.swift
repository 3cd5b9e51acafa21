package import HTTPSemantics

/// What an operator says about a document's parts, so that two changes of it can be merged (contract §8, `merge`).
///
/// A pointer may hold `*`, which stands for any one step: the name of a member, or an item of an array. Within an array
/// that is keyed, the step of an item is the value of its key, not its index. Without any rule, objects are merged member
/// by member and arrays are all or nothing; a rule for what lies in such an array has no effect.
///
/// Rules that contradict each other are taken as they are: ``contradictions`` tells them to whoever reads the
/// configuration. Where two fit one place, atomic goes before keyed, keyed before set, and set before counter.
package struct MergeRules: Sendable, Equatable {
    /// An array whose items are told apart by one of their fields.
    package struct KeyedArray: Sendable, Equatable {
        /// Where the array is.
        package let pointer: JSONPointer
        /// The field of each item that holds its key: a string, a number or a truth value.
        package let field: String

        /// The array at `pointer`, told apart by `field`.
        package init(_ pointer: JSONPointer, by field: String) {
            self.pointer = pointer
            self.field = field
        }
    }

    /// Places that change as a whole or not at all.
    package let atomic: [JSONPointer]
    /// Arrays of objects that are merged item by item.
    package let keyed: [KeyedArray]
    /// Arrays of scalars in which each value counts once and the order means nothing.
    package let sets: [JSONPointer]
    /// Numbers to which both sides' differences are added.
    package let counters: [JSONPointer]
    /// Places that must not be changed by one side while the other changes another of the same group.
    ///
    /// A group speaks of one thing: the steps that as many first `*` stand for as each of its pointers has tell one
    /// instance from the next. Of `/rooms/*/from` and `/rooms/*/to`, those of one room belong together.
    package let groups: [[JSONPointer]]

    /// Rules; none at all is the default.
    package init(
        atomic: [JSONPointer] = [],
        keyed: [KeyedArray] = [],
        sets: [JSONPointer] = [],
        counters: [JSONPointer] = [],
        groups: [[JSONPointer]] = []
    ) {
        self.atomic = atomic
        self.keyed = keyed
        self.sets = sets
        self.counters = counters
        self.groups = groups
    }
}
