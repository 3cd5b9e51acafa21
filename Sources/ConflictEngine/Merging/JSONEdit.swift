import HTTPSemantics

/// Changes one place of a document where it is, without copying what surrounds it.
///
/// After a fault the document is worthless and must be thrown away.
enum JSONEdit {
    /// What an edit did.
    struct Outcome {
        /// What was there before.
        var removed: JSONValue?
        /// Whether elements of the array around the place moved.
        var shiftsArray = false
        /// How many values were looked at or moved, about.
        var work = 1
    }

    /// Sets a member, or inserts an element (RFC 6902, section 4.1).
    static func add(
        _ value: JSONValue,
        at tokens: ArraySlice<String>,
        in document: inout JSONValue
    ) throws(JSONPatchFault.Reason) -> Outcome {
        try edit(tokens, in: &document) { (parent, token) throws(JSONPatchFault.Reason) in
            switch parent.taken() {
            case .object(var object):
                let removed = object[token]
                object.set(token, to: value)
                parent = .object(object)
                return Outcome(removed: removed)
            case .array(var elements):
                let index = token == "-" ? elements.count : try Self.index(token, upTo: elements.count)
                elements.insert(value, at: index)
                let work = 1 + (elements.count - index) / 16
                parent = .array(elements)
                return Outcome(shiftsArray: true, work: work)
            default: throw .placeIsNoContainer
            }
        }
    }

    /// Takes away a member or an element (RFC 6902, section 4.2).
    static func remove(
        at tokens: ArraySlice<String>,
        in document: inout JSONValue
    ) throws(JSONPatchFault.Reason) -> Outcome {
        try edit(tokens, in: &document) { (parent, token) throws(JSONPatchFault.Reason) in
            switch parent.taken() {
            case .object(var object):
                // Removing a member builds the index of the others anew.
                let work = 1 + object.members.count * 4
                guard let removed = object.remove(token) else { throw .placeMissing }
                parent = .object(object)
                return Outcome(removed: removed, work: work)
            case .array(var elements):
                let index = try Self.index(token, upTo: elements.count - 1)
                let removed = elements.remove(at: index)
                let work = 1 + (elements.count - index) / 16
                parent = .array(elements)
                return Outcome(removed: removed, shiftsArray: true, work: work)
            default: throw .placeIsNoContainer
            }
        }
    }

    /// Puts `value` in the place of what is there (RFC 6902, section 4.3).
    static func replace(
        at tokens: ArraySlice<String>,
        with value: JSONValue,
        in document: inout JSONValue
    ) throws(JSONPatchFault.Reason) -> Outcome {
        try edit(tokens, in: &document) { (parent, token) throws(JSONPatchFault.Reason) in
            let (removed, rest) = try Self.child(token, of: parent.taken())
            parent = rest.filled(with: value)
            return Outcome(removed: removed)
        }
    }

    /// What is at a place, or why nothing is.
    static func value(
        at tokens: ArraySlice<String>,
        in document: JSONValue
    ) throws(JSONPatchFault.Reason) -> JSONValue {
        var current = document
        for token in tokens {
            switch current {
            case .object(let object):
                guard let next = object[token] else { throw .placeMissing }
                current = next
            case .array(let elements): current = elements[try index(token, upTo: elements.count - 1)]
            default: throw .placeIsNoContainer
            }
        }
        return current
    }

    // MARK: The way to a place

    /// Hands the container of the place, and the last step, to `change`; as deep as the document nests at most.
    private static func edit(
        _ tokens: ArraySlice<String>,
        in node: inout JSONValue,
        _ change: (inout JSONValue, String) throws(JSONPatchFault.Reason) -> Outcome
    ) throws(JSONPatchFault.Reason) -> Outcome {
        guard let token = tokens.first else { throw .placeMissing }
        guard tokens.count > 1 else { return try change(&node, token) }
        var (child, rest) = try child(token, of: node.taken())
        let outcome = try edit(tokens.dropFirst(), in: &child, change)
        node = rest.filled(with: child)
        return outcome
    }

    /// A container whose place holds `null` for the time being, so that the value there is held only once.
    private enum Opened {
        case object(JSONObject, name: String)
        case array([JSONValue], index: Int)

        consuming func filled(with value: JSONValue) -> JSONValue {
            switch consume self {
            case .object(var object, let name):
                object.set(name, to: value)
                return .object(object)
            case .array(var elements, let index):
                elements[index] = value
                return .array(elements)
            }
        }
    }

    private static func child(
        _ token: String,
        of container: consuming JSONValue
    ) throws(JSONPatchFault.Reason) -> (JSONValue, Opened) {
        switch consume container {
        case .object(var object):
            guard let child = object[token] else { throw .placeMissing }
            object.set(token, to: .null)
            return (child, .object(object, name: token))
        case .array(var elements):
            let index = try index(token, upTo: elements.count - 1)
            let child = elements[index]
            elements[index] = .null
            return (child, .array(elements, index: index))
        default: throw .placeIsNoContainer
        }
    }

    private static func index(_ token: String, upTo last: Int) throws(JSONPatchFault.Reason) -> Int {
        let digits = token.utf8
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.count == 1 || digits.first != 0x30
        else { throw .indexMalformed }
        guard let index = Int(token), index <= last else { throw .indexBeyondEnd }
        return index
    }
}

extension JSONValue {
    /// The value, which leaves `null` behind, so that it is held only once and changes where it is.
    fileprivate mutating func taken() -> JSONValue {
        var value = JSONValue.null
        swap(&value, &self)
        return value
    }
}
