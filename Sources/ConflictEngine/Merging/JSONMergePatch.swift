package import HTTPSemantics

/// A JSON Merge Patch (RFC 7396): a document that says what members become, and `null` for those that go.
///
/// It fits every document, and so finds no conflict of its own.
package struct JSONMergePatch: Sendable, Equatable {
    /// The patch document.
    package let value: JSONValue

    /// Any JSON value is a patch.
    package init(_ value: JSONValue) { self.value = value }

    /// What the patch makes of `document`; members keep their order, and new ones follow in that of the patch.
    ///
    /// Recursive, as deep as the patch nests.
    package func apply(to document: JSONValue) -> JSONValue { Self.merge(value, onto: document) }

    /// The deepest places that the patch speaks of, at most `limit` of them, in its order.
    ///
    /// What is no object is such a place, and so is an object without members; the root itself is `""`.
    package func touched(limit: Int = 1_000) -> [JSONPointer] {
        var found: [JSONPointer] = []
        var path: [String] = []
        Self.collect(value, &path, limit, &found)
        return found
    }

    private static func merge(_ patch: JSONValue, onto target: JSONValue?) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        let object = target?.object ?? JSONObject()
        // Built anew, since taking members out one by one would cost the square of their number.
        var result = JSONObject()
        for member in object.members {
            switch changes[member.name] {
            case nil: result.set(member.name, to: member.value)
            case .null?: break
            case let change?: result.set(member.name, to: merge(change, onto: member.value))
            }
        }
        for member in changes.members where member.value != .null && object[member.name] == nil {
            result.set(member.name, to: merge(member.value, onto: nil))
        }
        return .object(result)
    }

    private static func collect(
        _ patch: JSONValue,
        _ path: inout [String],
        _ limit: Int,
        _ found: inout [JSONPointer]
    ) {
        guard found.count < limit else { return }
        guard case .object(let object) = patch, !object.members.isEmpty else {
            found.append(JSONPointer(tokens: path))
            return
        }
        for member in object.members {
            path.append(member.name)
            collect(member.value, &path, limit, &found)
            path.removeLast()
        }
    }
}
