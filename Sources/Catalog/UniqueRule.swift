/// A field whose value only one resource may have (contract, section 8, `unique`).
package struct UniqueRule: Sendable, Equatable {
    /// Where the field is, as an RFC 6901 pointer.
    package var field: String
    /// The requests that create resources with it.
    package var on: RequestPattern
    /// Whether values that differ in case only are the same.
    package var ignoresCase = false
    /// Path and query that find a holder; the hole behind the parameters of ``on`` is the value.
    package var lookup: Template?
    /// Where a holder stands in the answer; `nil`: any answer of 200 is about one.
    package var found: String?

    /// A rule for a field of what some requests create.
    package init(field: String, on requests: RequestPattern) {
        self.field = field
        self.on = requests
    }
}
