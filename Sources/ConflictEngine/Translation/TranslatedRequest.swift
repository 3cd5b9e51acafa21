/// What a condition becomes in the words of an upstream: what is added to the request, or why nothing can be.
package enum TranslatedRequest: Sendable, Equatable {
    /// The request with the condition in it.
    case carries(Addition)
    /// No version of this upstream has such a name: the condition cannot hold.
    case namesNoVersion
    /// The upstream has no way of saying this; the reason is the end of a sentence.
    case cannotSay(String)
    /// The request itself stands in the way; the reason is a sentence.
    case malformed(String)

    /// What is added to a request, or put in the place of what it had.
    package struct Addition: Sendable, Equatable {
        /// Parameters to add to the query, without `?` or a leading `&`.
        package var query: [UInt8] = []
        /// A field to send, in place of the caller's of that name.
        package var field: (name: String, value: [UInt8])?
        /// Another body than the caller's.
        package var body: [UInt8]?
        /// The type of that body, where the caller gave none.
        package var mediaType: String?

        /// Nothing.
        package init() {}

        /// Whether both add the same.
        package static func == (left: Self, right: Self) -> Bool {
            left.query == right.query && left.body == right.body && left.mediaType == right.mediaType
                && left.field?.name == right.field?.name && left.field?.value == right.field?.value
        }
    }
}
