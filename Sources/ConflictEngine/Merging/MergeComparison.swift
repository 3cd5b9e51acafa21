package import HTTPSemantics

/// Two versions of a document and, if there is one, a stale write, as a document that shows what a merge would do.
package struct MergeComparison: Sendable {
    /// The members: `changed`, `base`, `theirs`, and of a write `mine`, `merged`, `mergeable`, `values`, `from_mine`,
    /// `from_theirs`.
    package let document: JSONObject
    /// Whether the write, if there is one, could be read.
    package let isProposalUsable: Bool

    /// Compares; `nil` if one of the versions is not proper JSON.
    package init?(base: [UInt8], theirs: [UInt8], stale: StaleWrite?, rules: MergeRules) {
        guard let before = StaleWrite.proper(base), let after = StaleWrite.proper(theirs) else { return nil }
        var members = JSONObject()
        let changed = JSONDifference.changedPointers(from: before, to: after, limit: 1000)
        members.set("changed", to: .array(changed.map { .string($0) }))
        members.set("base", to: before)
        members.set("theirs", to: after)
        guard let stale, let mine = stale.document(from: before) else {
            document = members
            isProposalUsable = false
            return
        }
        members.set("mine", to: mine)
        switch stale.rebased(from: base, onto: theirs, rules: rules) {
        case .fits(body: _, let result, let origins):
            members.set("mergeable", to: true)
            members.set("merged", to: result)
            members.set("from_mine", to: Self.places(origins.mine + origins.combined))
            members.set("from_theirs", to: Self.places(origins.theirs + origins.combined))
            members.set("values", to: [])
        case .conflicting(let conflicts):
            members.set("mergeable", to: false)
            members.set("merged", to: JSONMerge.merge(base: before, mine: mine, theirs: after, rules: rules).value)
            members.set("values", to: .array(conflicts.map(\.document)))
        case .unmergeable, .refused: members.set("mergeable", to: false)
        }
        document = members
        isProposalUsable = true
    }

    private static func places(_ pointers: [JSONPointer]) -> JSONValue { .array(pointers.map { .string($0.text) }) }
}

extension MergeConflict {
    /// The conflict for people and programs: `pointer`, the values that are there of `base`, `mine` and `theirs`, `reason`.
    package var document: JSONValue {
        var object = JSONObject()
        object.set("pointer", to: .string(pointer.text))
        if let base { object.set("base", to: base) }
        if let mine { object.set("mine", to: mine) }
        if let theirs { object.set("theirs", to: theirs) }
        object.set("reason", to: .string(reason.summary))
        return .object(object)
    }
}
