package import HTTPSemantics

/// What a JSON Patch made of a document, and the places it had to do with.
package struct PatchedDocument: Sendable, Equatable {
    /// The result.
    package let document: JSONValue
    /// What was tested or copied.
    ///
    /// Like ``writes``, a place in an array into which an operation before it inserted, or from which it removed, stands
    /// for the whole array, since indices have moved.
    package let reads: [JSONPointer]
    /// What was added, removed, replaced or moved; inserting into an array or removing from it writes the whole array.
    package let writes: [JSONPointer]
}
