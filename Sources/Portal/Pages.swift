import Mustache

/// The pages, compiled.
struct Pages: Sendable {
    private let overview: MustacheTemplate
    private let list: MustacheTemplate
    private let detail: MustacheTemplate
    private let problem: MustacheTemplate

    /// Compiles all pages.
    init() throws {
        MustacheContentTypes.register(PageEscaping(), named: PageEscaping.name)
        overview = try Self.page(OverviewTemplate.body)
        list = try Self.page(ConflictListTemplate.body)
        detail = try Self.page(ConflictTemplate.body)
        problem = try Self.page(ProblemTemplate.body)
    }

    /// The overview as HTML.
    func html(_ page: OverviewPage) -> String { overview.render(page) }

    /// A list of conflicts as HTML.
    func html(_ page: ConflictListPage) -> String { list.render(page) }

    /// One conflict as HTML.
    func html(_ page: ConflictDetailPage) -> String { detail.render(page) }

    /// An error as HTML.
    func html(_ page: ProblemPage) -> String { problem.render(page) }

    private static func page(_ body: String) throws -> MustacheTemplate {
        try MustacheTemplate(string: LayoutTemplate.head + body + LayoutTemplate.tail)
    }
}
