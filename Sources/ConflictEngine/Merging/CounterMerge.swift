import HTTPSemantics

/// Merges numbers by adding up what both sides added to them.
enum CounterMerge {
    /// What became of it.
    enum Outcome: Equatable {
        /// The sum, exactly.
        case sum(JSONNumber)
        /// One of the three is no number, or not there.
        case noNumber
        /// The digits span more than can be added exactly.
        case tooLong
    }

    /// Theirs and what mine added to the base.
    static func merge(_ versions: ThreeVersions) -> Outcome {
        guard case .number(let base) = versions.base, case .number(let mine) = versions.mine,
            case .number(let theirs) = versions.theirs
        else { return .noNumber }
        var sum = DecimalSum()
        guard sum.add(theirs), sum.add(mine), sum.subtract(base), let number = sum.number else { return .tooLong }
        return .sum(number)
    }
}
