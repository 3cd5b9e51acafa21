/// Why a field value is no idempotency key.
package struct MalformedKey: Error, Sendable, Equatable {
    /// What is wrong with it, as the end of a sentence.
    package let reason: String

    /// A fault with its reason.
    package init(_ reason: String) { self.reason = reason }
}
