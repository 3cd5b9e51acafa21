package import HTTPSemantics

/// Why a JSON Patch is none, or what kept it from being applied.
package struct JSONPatchFault: Error, Sendable, Equatable {
    /// What is wrong.
    package let reason: Reason
    /// The index of the operation; `nil` if it is about the patch as a whole.
    package let operation: Int?
    /// The place in the document that it is about, if there is one.
    package let pointer: JSONPointer?

    /// A fault of the operation at `operation`.
    init(_ reason: Reason, at operation: Int? = nil, _ pointer: JSONPointer? = nil) {
        self.reason = reason
        self.operation = operation
        self.pointer = pointer
    }

    /// The fault in words, for the client.
    package var summary: String {
        let place = pointer.map { " (\($0.text.isEmpty ? "the whole document" : $0.text))" } ?? ""
        return operation.map { "Operation \($0)\(place): \(reason.words)." } ?? "The patch: \(reason.words)."
    }
}

extension JSONPatchFault {
    /// Whose matter a fault is (RFC 5789, section 2.2).
    package enum Verdict: Sendable {
        /// The patch is none, whatever the document: 400.
        case malformed
        /// The patch does not fit what the document is now: 409.
        case doesNotFit
        /// A `test` failed: 409.
        case testFailed
        /// The patch asks for more than the limits allow: 422.
        case exceedsLimits
    }

    /// What is wrong.
    package enum Reason: Error, Sendable, Equatable {
        /// The patch document is not an array.
        case isNoArray
        /// An operation is not an object.
        case operationIsNoObject
        /// The `op` is none of the six.
        case operationUnknown
        /// An operation lacks this member.
        case memberMissing(String)
        /// This member is not a string.
        case memberIsNoString(String)
        /// This member is not a JSON Pointer.
        case noPointer(String)
        /// An operation has a member twice.
        case memberRepeats
        /// A move to a place within what is moved.
        case movesIntoItself
        /// Nothing would be left of the document.
        case removesEverything
        /// There is no such place, or nothing to add to.
        case placeMissing
        /// The place lies within a string, a number, a truth value or null.
        case placeIsNoContainer
        /// An element is named by something that is no index.
        case indexMalformed
        /// An index beyond the end of an array.
        case indexBeyondEnd
        /// The value that is there is another.
        case valueDiffers
        /// There is nothing to compare with.
        case valueMissing
        /// The document would become too large.
        case tooLarge
        /// The document would be nested too deeply.
        case tooDeep
        /// The operations cost too much.
        case tooMuchWork
    }

    /// Whose matter it is.
    package var verdict: Verdict {
        switch reason {
        case .isNoArray, .operationIsNoObject, .operationUnknown, .memberMissing, .memberIsNoString, .noPointer,
            .memberRepeats, .movesIntoItself, .removesEverything:
            .malformed
        case .placeMissing, .placeIsNoContainer, .indexMalformed, .indexBeyondEnd: .doesNotFit
        case .valueDiffers, .valueMissing: .testFailed
        case .tooLarge, .tooDeep, .tooMuchWork: .exceedsLimits
        }
    }
}

extension JSONPatchFault.Reason {
    /// The reason in words, without a full stop.
    fileprivate var words: String {
        switch self {
        case .isNoArray: "it must be an array of operations"
        case .operationIsNoObject: "it must be an object"
        case .operationUnknown: "«op» must be add, remove, replace, move, copy or test"
        case .memberMissing(let name): "it lacks «\(name)»"
        case .memberIsNoString(let name): "«\(name)» must be a string"
        case .noPointer(let name): "«\(name)» must be a JSON Pointer: empty, or starting with /"
        case .memberRepeats: "it has a member twice; leave one"
        case .movesIntoItself: "nothing can be moved into itself"
        case .removesEverything: "the whole document cannot be removed; replace it, or delete the resource"
        case .placeMissing: "there is no such place"
        case .placeIsNoContainer: "only objects and arrays have places within them"
        case .indexMalformed: "an index is 0 or digits without a leading zero, and - is only for adding"
        case .indexBeyondEnd: "the array ends before this index"
        case .valueDiffers: "another value is there"
        case .valueMissing: "there is nothing to test"
        case .tooLarge: "the document would become too large"
        case .tooDeep: "the document would be nested too deeply"
        case .tooMuchWork: "the patch costs too much; send the whole document instead"
        }
    }
}
