/// Why the server cannot start, in one plain line that says what to do.
package struct StartFault: Error, Sendable {
    /// What to tell the operator.
    package let message: String
    /// The exit code: 2 for wrong usage, 3 for what cannot start.
    package let exitCode: Int32

    /// A fault with its message.
    package init(_ message: String, exitCode: Int32 = 3) {
        self.message = message
        self.exitCode = exitCode
    }
}
