extension MergeConflict {
    /// Why two changes of one place exclude each other.
    package enum Reason: Sendable, Equatable {
        /// Both gave it another value.
        case bothChanged
        /// It was not there, and both added it with different values.
        case bothAdded
        /// Mine removes what theirs changed.
        case removedByMine
        /// Theirs removed what mine changes.
        case removedByTheirs
        /// Each made it another type of value.
        case typesDiffer
        /// Both changed members of the field group with this index in the rules.
        case group(Int)
        /// Both put the items of a keyed array in another order.
        case orderDiffers
        /// A keyed array cannot be told apart by its key in at least one of the three documents, so it is one value.
        case keysUnusable(KeyDefect)
        /// What is declared as a set is not an array of scalars in all three documents, so it is one value.
        case isNoSet
        /// What is declared as a counter is not a number in all three documents, so it is one value.
        case isNoCounter
        /// A counter whose digits span more than can be added exactly.
        case counterTooLong
        /// Too deeply nested to be looked into, so it is one value.
        case tooDeep
        /// The patch tests, copies or repeats what theirs changed.
        case reliedOn
    }

    /// What makes an array's key useless.
    package enum KeyDefect: String, Error, Sendable, Equatable {
        /// An element that is no object.
        case elementIsNoObject = "an element is not an object"
        /// An item without the field, or with `null` in it.
        case keyIsMissing = "an item has no key"
        /// An array or an object as key.
        case keyIsNoScalar = "the key of an item is an array or an object"
        /// Two items with the same key.
        case keyRepeats = "two items have the same key"
    }
}

extension MergeConflict.Reason {
    /// The reason in words, for the client.
    package var summary: String {
        switch self {
        case .bothChanged: "Both changed it."
        case .bothAdded: "Both added it, with different values."
        case .removedByMine: "You remove what was changed meanwhile."
        case .removedByTheirs: "You change what was removed meanwhile."
        case .typesDiffer: "Both changed it, to different types of value."
        case .group: "It belongs to fields that must change together, and both changed some of them."
        case .orderDiffers: "Both put the items in another order."
        case .keysUnusable(let defect): "Both changed it, and its items cannot be told apart: \(defect.rawValue)."
        case .isNoSet: "Both changed it, and it is no set: not always an array of scalars."
        case .isNoCounter: "Both changed it, and it is no counter: not always a number."
        case .counterTooLong: "Both changed this counter, and its values have too many digits to be added exactly."
        case .tooDeep: "Both changed it, and it lies too deep to be looked into."
        case .reliedOn: "Your patch relies on what was changed meanwhile: it tests, copies or repeats it."
        }
    }
}
