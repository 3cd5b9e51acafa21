/// A field of a LOCK or UNLOCK request that cannot be used; the answer is 400.
package struct LockFieldFault: Error, Equatable {
    /// Which field.
    package enum Field: String, Sendable, Equatable {
        case depth = "Depth"
        case lockToken = "Lock-Token"
    }

    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// It was not sent.
        case missing
        /// It was sent more than once.
        case severalFields
        /// It breaks its grammar.
        case unknownValue
        /// `Depth: 1`, which no lock has.
        case notForLocks
    }

    /// Which field.
    package let field: Field
    /// What is wrong.
    package let reason: Reason
    /// Where: bytes from the start of the value.
    package let offset: Int

    /// A fault of `field` at `offset`.
    init(_ field: Field, _ reason: Reason, at offset: Int) {
        self.field = field
        self.reason = reason
        self.offset = offset
    }

    /// The fault and its remedy, for the client.
    package var summary: String {
        let remedy = field == .depth ? "send 0 or infinity" : "send the token of the lock as <urn:uuid:…>"
        return switch reason {
        case .missing: "The request has no \(field.rawValue) field; \(remedy)."
        case .severalFields: "The request has several \(field.rawValue) fields; \(remedy) once."
        case .unknownValue: "The \(field.rawValue) field is malformed at byte \(offset); \(remedy)."
        case .notForLocks: "A lock cannot have depth 1; \(remedy)."
        }
    }
}
