/// One member of a structured list or dictionary (RFC 9651, section 3.1).
package enum StructuredMember: Sendable, Equatable {
    /// A single item.
    case item(StructuredItem)
    /// Items in parentheses, and what is said about them together.
    case innerList([StructuredItem], StructuredParameters)
}
