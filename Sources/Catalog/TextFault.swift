/// Why a written text is not what it should be.
package struct TextFault: Error, Sendable, Equatable {
    /// What is wrong, as the rest of a sentence that begins with the text itself, such as `has no unit`.
    package var message: String
    /// What to write instead, where that is known.
    package var remedy: String?

    /// A fault and its cure.
    package init(_ message: String, remedy: String? = nil) {
        self.message = message
        self.remedy = remedy
    }
}
