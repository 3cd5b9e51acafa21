/// Why a file cannot be used.
package struct InputFault: Error, Sendable, Equatable {
    /// What is wrong, with the place and the remedy.
    package let message: String

    /// A fault in words.
    package init(_ message: String) { self.message = message }
}
