/// An `If` field that breaks its grammar; the answer is 400.
package struct IfHeaderFault: Error, Equatable {
    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// More than one `If` field.
        case severalFields
        /// Nothing in it.
        case empty
        /// The field ends within a list.
        case endsEarly
        /// Something that cannot stand here.
        case unexpectedByte
        /// A resource tag behind lists that have none.
        case mixedLists
        /// A resource tag without a list.
        case tagWithoutList
        /// A list without conditions.
        case emptyList
        /// Something between angle brackets that is no URI of the sort that belongs here.
        case malformedURI
        /// Something between square brackets that is no entity tag.
        case malformedTag
        /// More conditions than are read.
        case tooManyConditions
    }

    /// What is wrong.
    package let reason: Reason
    /// Where: bytes from the start of the field.
    package let offset: Int

    /// A fault at `offset`.
    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The fault and its remedy, for the client.
    package var summary: String {
        switch reason {
        case .severalFields: "The request has several If fields; send all conditions in one."
        case .empty: "The If field is empty; send at least one list such as (<urn:uuid:…>)."
        case .tooManyConditions:
            "The If field holds more than \(IfHeader.mostConditions) conditions; send those that matter."
        default: "The If field is malformed at byte \(offset): \(words)."
        }
    }

    private var words: String {
        switch reason {
        case .endsEarly: "it ends within a list; close it with )"
        case .mixedLists: "lists with and without a resource tag are mixed; give every list a tag, or none"
        case .tagWithoutList: "a resource tag without a list; put (…) behind it"
        case .emptyList: "a list without conditions; put at least one token or entity tag in it"
        case .malformedURI: "no absolute URI stands between < and >; white space is not allowed there"
        case .malformedTag: "no entity tag stands between [ and ]; write it with its quotes, such as [\"v1\"]"
        case .severalFields, .empty, .unexpectedByte, .tooManyConditions:
            "a list in parentheses, a token in <> or an entity tag in [] should stand here"
        }
    }
}
