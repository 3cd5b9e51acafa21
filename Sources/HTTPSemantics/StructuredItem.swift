/// A value and what is said about it: `"burst";q=100;w=60` (RFC 9651, section 3.3).
package struct StructuredItem: Sendable, Equatable {
    /// The value.
    package var value: StructuredValue
    /// Its parameters.
    package var parameters: StructuredParameters

    /// A value with parameters.
    package init(_ value: StructuredValue, _ parameters: StructuredParameters = StructuredParameters()) {
        self.value = value
        self.parameters = parameters
    }
}
