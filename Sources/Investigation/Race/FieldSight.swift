package import HTTPSemantics

/// What a race saw in its field, or put there.
package enum FieldSight: Sendable, Equatable {
    /// A whole number.
    case count(Int)
    /// The marks of this race that stood in a text or a list.
    case marks(Set<String>)

    /// What stands at `pointer` in `document`.
    ///
    /// `nil` if nothing is there, or something that a race cannot change in a way that would be seen later.
    package init?(_ document: JSONValue, at pointer: JSONPointer, form: RaceSettings.ChangeForm) {
        guard let value = pointer.lookup(in: document) else { return nil }
        switch (value, form) {
        case (.number, .automatic), (.number, .increment):
            guard let number = value.integer else { return nil }
            self = .count(number)
        case (.string(let text), .automatic), (.string(let text), .append):
            self = .marks(Set(text.split(separator: " ").map { String($0) }.filter(RaceMark.isMark)))
        case (.array(let elements), .automatic), (.array(let elements), .append):
            self = .marks(Set(elements.compactMap(\.string).filter(RaceMark.isMark)))
        default:
            return nil
        }
    }

    /// The number, if it is one.
    package var count: Int? {
        if case .count(let count) = self { count } else { nil }
    }

    /// Whether a mark is there.
    package func holds(_ mark: String) -> Bool {
        if case .marks(let marks) = self { marks.contains(mark) } else { false }
    }

    /// What there is, in a few words.
    package var words: String {
        switch self {
        case .count(let count): String(count)
        case .marks(let marks): marks.count == 1 ? "1 mark" : "\(marks.count) marks"
        }
    }
}
