package import HTTPSemantics

/// A JSON Patch (RFC 6902): operations that follow each other, of which all are done or none.
package struct JSONPatch: Sendable, Equatable {
    /// One operation.
    package enum Operation: Sendable, Equatable {
        /// Gives a member a value, or puts an element before the one at an index.
        case add(JSONPointer, JSONValue)
        /// Takes away what is there.
        case remove(JSONPointer)
        /// Puts another value in the place of what is there.
        case replace(JSONPointer, JSONValue)
        /// Takes away what is at the first place and adds it at the second.
        case move(from: JSONPointer, to: JSONPointer)
        /// Adds at the second place what is at the first.
        case copy(from: JSONPointer, to: JSONPointer)
        /// Goes on only if this value is there.
        case test(JSONPointer, JSONValue)
    }

    /// The operations, in their order.
    package let operations: [Operation]

    /// Reads a patch document.
    ///
    /// Unknown members are ignored. A member that comes twice in one operation is refused, since nobody could say which
    /// of the two was meant; so are a move into the moved value and the removal of the whole document.
    package init(_ value: JSONValue) throws(JSONPatchFault) {
        guard case .array(let elements) = value else { throw JSONPatchFault(.isNoArray) }
        var operations: [Operation] = []
        operations.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            operations.append(try OperationReader(element, index: index).operation())
        }
        self.operations = operations
    }

    /// What the patch makes of `document`.
    package func apply(
        to document: JSONValue,
        limits: JSONPatchLimits = JSONPatchLimits()
    ) throws(JSONPatchFault) -> JSONValue {
        try run(on: document, limits: limits).document
    }

    /// What the patch makes of `document`, with the places that it reads and writes on its way.
    package func run(
        on document: JSONValue,
        limits: JSONPatchLimits = JSONPatchLimits()
    ) throws(JSONPatchFault) -> PatchedDocument {
        var run = JSONPatchRun(document, limits: limits)
        for (index, operation) in operations.enumerated() { try run.perform(operation, index: index) }
        return run.result
    }
}

extension JSONPatch {
    /// Reads one operation of a patch document.
    private struct OperationReader {
        let members: JSONObject
        let index: Int

        init(_ value: JSONValue, index: Int) throws(JSONPatchFault) {
            guard case .object(let members) = value else { throw JSONPatchFault(.operationIsNoObject, at: index) }
            guard !members.hasDuplicateNames else { throw JSONPatchFault(.memberRepeats, at: index) }
            self.members = members
            self.index = index
        }

        func operation() throws(JSONPatchFault) -> Operation {
            let name = try text("op")
            let path = try pointer("path")
            switch name {
            case "add": return .add(path, try value())
            case "replace": return .replace(path, try value())
            case "test": return .test(path, try value())
            case "copy": return .copy(from: try pointer("from"), to: path)
            case "remove":
                guard !path.tokens.isEmpty else { throw JSONPatchFault(.removesEverything, at: index, path) }
                return .remove(path)
            case "move":
                let from = try pointer("from")
                guard !from.isProperPrefix(of: path) else { throw JSONPatchFault(.movesIntoItself, at: index, path) }
                return .move(from: from, to: path)
            default: throw JSONPatchFault(.operationUnknown, at: index)
            }
        }

        private func value() throws(JSONPatchFault) -> JSONValue {
            guard let value = members["value"] else { throw JSONPatchFault(.memberMissing("value"), at: index) }
            return value
        }

        private func text(_ name: String) throws(JSONPatchFault) -> String {
            guard let value = members[name] else { throw JSONPatchFault(.memberMissing(name), at: index) }
            guard case .string(let text) = value else { throw JSONPatchFault(.memberIsNoString(name), at: index) }
            return text
        }

        private func pointer(_ name: String) throws(JSONPatchFault) -> JSONPointer {
            guard let pointer = JSONPointer(try text(name)) else { throw JSONPatchFault(.noPointer(name), at: index) }
            return pointer
        }
    }
}

extension JSONPointer {
    /// Whether `other` lies below this place.
    fileprivate func isProperPrefix(of other: Self) -> Bool {
        tokens.count < other.tokens.count && zip(tokens, other.tokens).allSatisfy { $0.isExactly($1) }
    }
}
