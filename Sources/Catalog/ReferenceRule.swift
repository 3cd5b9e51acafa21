/// Resources that must not be deleted while others refer to them (contract, section 8, `referenced`).
package struct ReferenceRule: Sendable, Equatable {
    /// The requests that delete them.
    package var on: RequestPattern
    /// Path and query that find what refers to one.
    package var by: Template
    /// Where the first of them stands in the answer.
    package var found: String

    /// A rule for some deletions.
    package init(on requests: RequestPattern, by: Template, found: String) {
        self.on = requests
        self.by = by
        self.found = found
    }
}
