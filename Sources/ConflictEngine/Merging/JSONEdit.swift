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
            if var object = parent.takeObject() {
                let removed = object[token]
                object.set(token, to: value)
                parent = .object(object)
                return Outcome(removed: removed)
            }
            guard var elements = parent.takeElements() else { throw .placeIsNoContainer }
            let index = token == "-" ? elements.count : try Self.index(token, upTo: elements.count)
            let work = 1 + (elements.count - index) / 64
            elements.insert(value, at: index)
            parent = .array(elements)
            return Outcome(shiftsArray: true, work: work)
        }
    }

    /// Takes away a member or an element (RFC 6902, section 4.2).
    static func remove(
        at tokens: ArraySlice<String>,
        in document: inout JSONValue
    ) throws(JSONPatchFault.Reason) -> Outcome {
        try edit(tokens, in: &document) { (parent, token) throws(JSONPatchFault.Reason) in
            if var object = parent.takeObject() {
                // Removing a member builds the index of the others anew.
                let work = 1 + object.members.count * 4
                guard let removed = object.remove(token) else { throw .placeMissing }
                parent = .object(object)
                return Outcome(removed: removed, work: work)
            }
            guard var elements = parent.takeElements() else { throw .placeIsNoContainer }
            let index = try Self.index(token, upTo: elements.count - 1)
            let work = 1 + (elements.count - index) / 64
            let removed = elements.remove(at: index)
            parent = .array(elements)
            return Outcome(removed: removed, shiftsArray: true, work: work)
        }
    }

    /// Puts `value` in the place of what is there (RFC 6902, section 4.3).
    static func replace(
        at tokens: ArraySlice<String>,
        with value: JSONValue,
        in document: inout JSONValue
    ) throws(JSONPatchFault.Reason) -> Outcome {
        try edit(tokens, in: &document) { (parent, token) throws(JSONPatchFault.Reason) in
            if var object = parent.takeObject() {
                guard let removed = object[token] else { throw .placeMissing }
                object.set(token, to: value)
                parent = .object(object)
                return Outcome(removed: removed)
            }
            guard var elements = parent.takeElements() else { throw .placeIsNoContainer }
            let index = try Self.index(token, upTo: elements.count - 1)
            let removed = elements[index]
            elements[index] = value
            parent = .array(elements)
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
    ///
    /// On the way each container is taken out of the one around it, which holds `null` meanwhile: what is held twice
    /// would be copied by every change.
    private static func edit(
        _ tokens: ArraySlice<String>,
        in node: inout JSONValue,
        _ change: (inout JSONValue, String) throws(JSONPatchFault.Reason) -> Outcome
    ) throws(JSONPatchFault.Reason) -> Outcome {
        guard let token = tokens.first else { throw .placeMissing }
        guard tokens.count > 1 else { return try change(&node, token) }
        if var object = node.takeObject() {
            guard var child = object[token] else { throw .placeMissing }
            object.set(token, to: .null)
            let outcome = try edit(tokens.dropFirst(), in: &child, change)
            object.set(token, to: child)
            node = .object(object)
            return outcome
        }
        guard var elements = node.takeElements() else { throw .placeIsNoContainer }
        let index = try index(token, upTo: elements.count - 1)
        var child = elements[index]
        elements[index] = .null
        let outcome = try edit(tokens.dropFirst(), in: &child, change)
        elements[index] = child
        node = .array(elements)
        return outcome
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
    /// The object that this is, which leaves `null` behind; `nil`, and no change, if it is none.
    fileprivate mutating func takeObject() -> JSONObject? {
        guard case .object(let object) = self else { return nil }
        self = .null
        return object
    }

    /// The elements of the array that this is, which leaves `null` behind; `nil`, and no change, if it is none.
    fileprivate mutating func takeElements() -> [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        self = .null
        return elements
    }
}
