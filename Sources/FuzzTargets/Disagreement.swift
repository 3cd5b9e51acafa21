/// Two ways of doing the same thing came to different results, or a result breaks a promise.
package struct Disagreement: Error, Sendable, CustomStringConvertible {
    /// What was promised.
    package let description: String

    /// A broken promise.
    init(_ description: String) { self.description = description }

    /// Says that `promise` is broken unless it holds.
    static func unless(_ holds: Bool, _ promise: @autoclosure () -> String) throws(Self) {
        guard holds else { throw Self(promise()) }
    }
}
