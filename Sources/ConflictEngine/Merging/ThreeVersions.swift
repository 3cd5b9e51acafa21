import HTTPSemantics

/// What the three documents hold at one place; `nil` is nothing at all, which is not JSON's `null`.
struct ThreeVersions: Sendable {
    /// What both sides started from.
    let base: JSONValue?
    /// What the client wants.
    let mine: JSONValue?
    /// What is current.
    let theirs: JSONValue?

    /// Why two changes that are not the same exclude each other, if no rule says more.
    var clash: MergeConflict.Reason {
        guard let mine else { return .removedByMine }
        guard let theirs else { return .removedByTheirs }
        guard mine.hasTheSort(of: theirs) else { return .typesDiffer }
        return base == nil ? .bothAdded : .bothChanged
    }

    /// The step `token` further, by name or index, whatever the rules say.
    func child(_ token: String) -> Self {
        let step = JSONPointer(tokens: [token])
        let look = { (value: JSONValue?) in value.flatMap { step.lookup(in: $0) } }
        return Self(base: look(base), mine: look(mine), theirs: look(theirs))
    }

    /// All steps that lead on from here in any of the three, by name or index.
    var tokens: [String] {
        var seen: Set<ScalarKey> = []
        return [theirs, mine, base].flatMap { $0.map(Self.tokens) ?? [] }
            .filter { seen.insert(ScalarKey(name: $0)).inserted }
    }

    private static func tokens(of value: JSONValue) -> [String] {
        switch value {
        case .object(let object): object.members.map(\.name)
        case .array(let elements): elements.indices.map { String($0) }
        default: []
        }
    }
}

extension JSONValue {
    /// Whether both are objects, both arrays, both strings, and so on.
    fileprivate func hasTheSort(of other: Self) -> Bool {
        switch (self, other) {
        case (.null, .null), (.bool, .bool), (.number, .number), (.string, .string), (.array, .array),
            (.object, .object):
            true
        default: false
        }
    }
}
