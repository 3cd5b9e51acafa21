/// Something a request or an answer says that the other dialect cannot.
package struct Loss: Sendable, Equatable, Hashable {
    /// The field, as the client's dialect spells it: `logit_bias`, `messages[2].content[0].input_audio`.
    package let field: String
    /// Why it is lost, as part of a sentence.
    package let reason: String

    /// A loss.
    package init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }
}
