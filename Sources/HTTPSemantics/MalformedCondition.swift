/// A conditional field that breaks its grammar.
///
/// On an unsafe method the answer is 400, because to ignore it could lose an update and to fail it would trap the
/// client in a loop of reading again.
package struct MalformedCondition: Error, Equatable {
    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// The field names no tag at all.
        case noTags
        /// `*` stands beside something else.
        case starNotAlone
        /// Something that is not an entity tag.
        case notATag
    }

    /// The field, such as `If-Match`; empty where the reader was not told.
    package var field: String
    /// What is wrong.
    package var reason: Reason

    /// A fault of `field`.
    package init(field: String = "", reason: Reason) {
        self.field = field
        self.reason = reason
    }

    /// The fault and its remedy, for the client.
    package var summary: String {
        let name = field.isEmpty ? "The conditional field" : field
        return switch reason {
        case .noTags: "\(name) is empty; send at least one entity tag in double quotes, or * alone."
        case .starNotAlone: "\(name) mixes * with other values; send either * alone or a list of entity tags."
        case .notATag:
            "\(name) holds something that is not an entity tag; each one stands in double quotes, such as \"v1\"."
        }
    }
}
