import HTTPSemantics

extension MergeRules {
    /// What in these rules contradicts itself or can never take effect, a sentence each; empty if nothing does.
    ///
    /// The work grows with the square of the number of rules, which an operator wrote.
    package var contradictions: [String] {
        emptyFields + sharedPlaces + hiddenPlaces + uselessGroups
    }

    private var emptyFields: [String] {
        keyed.filter(\.field.isEmpty).map { "keyed «\($0.pointer.text)» names no field." }
    }

    /// Two roles for what may be one place.
    private var sharedPlaces: [String] {
        let roles = self.roles
        var found: [String] = []
        for (index, first) in roles.enumerated() {
            for second in roles[(index + 1)...] where first.contradicts(second) {
                let (one, other) = (first.pointer.text, second.pointer.text)
                found.append("\(first.words) «\(one)» and \(second.words) «\(other)» may be the same place.")
            }
        }
        return found
    }

    /// What lies within a place that no merge looks into.
    private var hiddenPlaces: [String] {
        let closed = roles.filter(\.isClosed)
        let members = groups.joined().map { Role(pointer: $0, words: "group member") }
        var found: [String] = []
        for inner in roles + members {
            for outer in closed where inner.pointer.liesWithin(outer.pointer) {
                let (one, other) = (inner.pointer.text, outer.pointer.text)
                found.append(
                    "\(inner.words) «\(one)» lies within \(outer.words) «\(other)», which is never looked into."
                )
            }
        }
        return found
    }

    private var uselessGroups: [String] {
        groups.enumerated().compactMap { number, group in
            guard Set(group).count < 2 else { return nil }
            return "group \(number + 1) needs at least two different pointers."
        }
    }

    private var roles: [Role] {
        atomic.map { Role(pointer: $0, words: "atomic") }
            + keyed.map { Role(pointer: $0.pointer, words: "keyed", field: $0.field) }
            + sets.map { Role(pointer: $0, words: "set") } + counters.map { Role(pointer: $0, words: "counter") }
    }
}

extension MergeRules {
    /// One pointer with what was said of it.
    private struct Role {
        let pointer: JSONPointer
        let words: String
        var field: String?

        /// Whether a merge takes the place as a whole.
        var isClosed: Bool { field == nil }

        /// Whether both say different things of what may be one place.
        func contradicts(_ other: Self) -> Bool {
            (words != other.words || field != other.field) && pointer.mayBeTheSame(as: other.pointer)
        }
    }
}

extension JSONPointer {
    /// Whether both, with `*` for any step, may name one place.
    fileprivate func mayBeTheSame(as other: Self) -> Bool {
        tokens.count == other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { $0 == "*" || $1 == "*" || $0.isExactly($1) }
    }

    /// Whether every place that this names lies below a place that `other` names.
    fileprivate func liesWithin(_ other: Self) -> Bool {
        tokens.count > other.tokens.count && zip(tokens, other.tokens).allSatisfy { $1 == "*" || $0.isExactly($1) }
    }
}
