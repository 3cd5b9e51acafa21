/// Why a request cannot be read in its dialect, or not be written in the other; answered with 400.
package struct MalformedRequest: Error, Equatable {
    /// The field at fault, such as `messages[1].content`; empty for the whole.
    package let field: String
    /// What is wrong and what to do, as a sentence.
    package let message: String
    /// The dialect's own code of such faults, where its SDKs act on one.
    package let code: String?

    /// A fault of `field`.
    package init(_ field: String, _ message: String, code: String? = nil) {
        self.field = field
        self.message = message
        self.code = code
    }
}
