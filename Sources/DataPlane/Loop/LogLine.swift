/// One line for operators: a constant message and what varies, as fields.
package struct LogLine: Sendable {
    /// How much an operator should care.
    package enum Level: String, Sendable { case debug, info, notice, warning, error }

    /// How much an operator should care.
    package var level: Level
    /// A constant lower-case phrase.
    package var message: String
    /// What varies, by key.
    package var fields: [(String, String)]

    /// A line.
    package init(_ level: Level, _ message: String, _ fields: [(String, String)] = []) {
        self.level = level
        self.message = message
        self.fields = fields
    }
}
