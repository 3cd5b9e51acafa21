extension LintFinding {
    /// A warning about an operation.
    init(
        _ rule: Rule,
        at place: TextPlace? = nil,
        in operation: SpecOperation,
        message: String,
        remedy: String,
    ) {
        self.init(
            rule: rule,
            severity: .warning,
            line: (place ?? operation.place).line,
            column: (place ?? operation.place).column,
            operation: operation.name,
            message: message,
            remedy: remedy
        )
    }

    /// The same as an error.
    var asError: Self {
        Self(
            rule: rule,
            severity: .error,
            line: line,
            column: column,
            operation: operation,
            message: message,
            remedy: remedy
        )
    }
}
