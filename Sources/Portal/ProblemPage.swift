import ConsoleBasics

/// What an error page says; the template reads the members by their names.
struct ProblemPage {
    private let pageTitle = "Problem"
    private let isOverview = false
    private let isConflicts = false
    private let problemTitle: String
    private let problemDetail: String

    /// The page about `problem`.
    init(_ problem: ConsoleProblem) {
        problemTitle = problem.title
        problemDetail = problem.detail
    }
}
