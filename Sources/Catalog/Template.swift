/// Text with holes that captured path parameters and query values fill.
package struct Template: Sendable, Hashable {
    /// A piece of the text.
    package enum Part: Sendable, Hashable {
        /// These bytes.
        case literal([UInt8])
        /// The path parameter of this index in the route's pattern, in normal form.
        case parameter(Int)
        /// The value of this query field, in normal form; empty where it is absent.
        case query(String)
    }

    /// The pieces in order.
    package var parts: [Part]
    /// The text as the operator wrote it.
    package var source: String

    /// Puts parsed pieces together.
    package init(parts: [Part], source: String) {
        self.parts = parts
        self.source = source
    }
}
