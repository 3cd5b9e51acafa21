package import HTTPSemantics

/// The change of one field in a document that was read: the «modify» of read, modify, write.
package struct FieldChange: Sendable, Equatable {
    /// The whole document with the field changed.
    package let document: JSONValue
    /// The field's new value.
    package let value: JSONValue
    /// What the field holds then.
    package let sight: FieldSight

    /// Changes the field at `pointer`: a number grows by one, a text or a list gets `mark`.
    ///
    /// `nil` where ``FieldSight`` is `nil` too, and for a number that cannot grow.
    package init?(of document: JSONValue, at pointer: JSONPointer, form: RaceSettings.ChangeForm, mark: String) {
        guard let old = pointer.lookup(in: document),
            let before = FieldSight(document, at: pointer, form: form),
            let value = Self.changed(old, mark: mark),
            let changed = Self.replacing(pointer.tokens[...], in: document, with: value)
        else { return nil }
        self.document = changed
        self.value = value
        switch before {
        case .count(let count): sight = .count(count &+ 1)
        case .marks(let marks): sight = .marks(marks.union([mark]))
        }
    }

    private static func changed(_ old: JSONValue, mark: String) -> JSONValue? {
        switch old {
        case .number:
            guard let number = old.integer, number < Int.max else { return nil }
            return .number(JSONNumber(number + 1))
        case .string(let text): return .string(text.isEmpty ? mark : text + " " + mark)
        case .array(let elements): return .array(elements + [.string(mark)])
        default: return nil
        }
    }

    /// `document` with another value at an existing place; as deep as the place, which the parser has bounded.
    private static func replacing(
        _ tokens: ArraySlice<String>,
        in document: JSONValue,
        with value: JSONValue
    ) -> JSONValue? {
        guard let token = tokens.first else { return value }
        switch document {
        case .object(var object):
            guard let member = object[token],
                let changed = replacing(tokens.dropFirst(), in: member, with: value)
            else { return nil }
            object.set(token, to: changed)
            return .object(object)
        case .array(var elements):
            guard let index = Int(token), elements.indices.contains(index),
                let changed = replacing(tokens.dropFirst(), in: elements[index], with: value)
            else { return nil }
            elements[index] = changed
            return .array(elements)
        default:
            return nil
        }
    }
}
