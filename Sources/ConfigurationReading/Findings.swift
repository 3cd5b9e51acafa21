import Catalog

/// Everything found in one file so far.
struct Findings {
    /// The most that are reported; a file with more has one cause that hides behind them.
    static let most = 200

    private let file: String
    private var found: [Finding] = []
    private var seen: Set<Finding> = []

    /// None yet, in `file`.
    init(file: String) { self.file = file }

    /// Whether the file cannot be used.
    var hasErrors: Bool { found.contains { $0.severity == .error } }

    /// All, in the order of the file, cut at ``most``.
    var inOrder: [Finding] {
        let sorted = found.sorted { ($0.position, $0.message) < ($1.position, $1.message) }
        guard sorted.count > Self.most, let last = sorted.dropFirst(Self.most).first else { return sorted }
        var cut = Array(sorted.prefix(Self.most))
        let message = "\(sorted.count - Self.most) more findings are not shown"
        let severity = hasErrors ? Finding.Severity.error : .warning
        cut.append(Finding(file: file, position: last.position, severity: severity, message: message))
        return cut
    }

    /// Adds something that makes the file unusable.
    mutating func error(_ message: String, hint: String? = nil, at position: Position) {
        add(Finding(file: file, position: position, severity: .error, message: message, hint: hint))
    }

    /// Adds something doubtful.
    mutating func warning(_ message: String, hint: String? = nil, at position: Position) {
        add(Finding(file: file, position: position, severity: .warning, message: message, hint: hint))
    }

    /// Adds what is wrong with the text that `subject` names.
    mutating func error(_ fault: TextFault, about subject: String, at position: Position) {
        error("\(subject) \(fault.message)", hint: fault.remedy, at: position)
    }

    private mutating func add(_ finding: Finding) {
        if seen.insert(finding).inserted { found.append(finding) }
    }
}
