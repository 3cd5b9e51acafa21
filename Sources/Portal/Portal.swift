package import ConsoleBasics
package import Hummingbird
package import StoragePorts

/// The console's pages for people: overview and conflicts (contract, section 5).
package struct Portal: Sendable {
    private let gateway: any GatewayObserving
    private let journal: any ConflictJournal & ConflictAnalytics
    private let now: WallClock
    private let pages: Pages

    /// Pages over the running gateway and its journal.
    ///
    /// - Throws: What the template engine finds wrong with a page; that is a mistake in this program.
    package init(
        gateway: any GatewayObserving,
        journal: any ConflictJournal & ConflictAnalytics,
        now: @escaping WallClock
    ) throws {
        self.gateway = gateway
        self.journal = journal
        self.now = now
        pages = try Pages()
    }

    /// Adds the pages to a console.
    package func addRoutes(to router: Router<ConsoleRouter.Context>) {
        router.add(middleware: ProblemPages(pages: pages))
        router.get("/") { request, _ in try await overview(request) }
        router.get("/conflicts") { request, _ in try await list(request) }
        router.get("/conflicts/:id") { _, context in try await detail(context) }
        router.get("/assets/console.css") { _, _ in Response.text(Stylesheet.text, type: "text/css; charset=utf-8") }
        router.get("/assets/icon.svg") { _, _ in Response.text(Icon.text, type: "image/svg+xml") }
    }
}

extension Portal {
    private func overview(_ request: Request) async throws -> Response {
        _ = try QueryParameters(request.uri.query, allowed: [])
        var filter = ConflictFilter()
        filter.since = now() - 86_400_000
        let gatewayPart = OverviewPage.GatewayPart(
            status: await gateway.status(),
            metrics: await gateway.metrics(),
            readiness: await gateway.readiness()
        )
        var journalPart = OverviewPage.JournalPart()
        do {
            journalPart.resources = try await journal.summary(by: .resource, filter, limit: 8)
            journalPart.kinds = try await journal.summary(by: .kind, filter, limit: 8)
            let search = try AnalyticsSearch(QueryParameters(nil, allowed: []), now: now())
            journalPart.analytics = OverviewAnalytics(try await AnalyticsReport(search, from: journal, limit: 8))
        } catch let error as StoreError {
            // The rest of the page is worth showing, most of all when something is wrong.
            journalPart.trouble = error.summary
        }
        return html(pages.html(OverviewPage(gatewayPart, journalPart)))
    }

    private func list(_ request: Request) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query, allowed: ConflictSearch.names)
        let search = try ConflictSearch(parameters, now: now())
        let page = try await journal.page(search.filter, after: search.cursor, limit: search.limit)
        return html(pages.html(ConflictListPage(page, asked: parameters)))
    }

    private func detail(_ context: ConsoleRouter.Context) async throws -> Response {
        let id = try context.parameters.require("id")
        guard let entry = try await journal.entry(id) else {
            throw ConsoleProblem.notFound("The journal has no conflict `\(id)`; it may have been pruned.")
        }
        return html(pages.html(ConflictDetailPage(entry)))
    }

    private func html(_ text: String) -> Response {
        .text(text, type: "text/html; charset=utf-8")
    }
}
