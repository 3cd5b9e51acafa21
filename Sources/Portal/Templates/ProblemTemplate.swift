/// The page shown instead of one that cannot be.
enum ProblemTemplate {
    /// The page's own content, for ``ProblemPage``.
    static let body = """
        <h1>{{problemTitle}}</h1>
        <p class="lead">{{problemDetail}}</p>
        <p><a href="/">Overview</a> · <a href="/conflicts">Conflicts</a></p>
        """
}
