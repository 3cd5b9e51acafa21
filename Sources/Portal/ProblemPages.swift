import ConsoleBasics
import HTTPTypes
import Hummingbird
import StoragePorts

/// Shows people a page where programs get a problem document.
struct ProblemPages<Context: RequestContext>: RouterMiddleware {
    /// The pages, compiled.
    let pages: Pages

    /// Answers in place of what comes behind where that fails and the caller is a person.
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            guard wantsPage(request), let problem = problem(of: error, for: request) else { throw error }
            let page = ProblemPage(problem)
            return .text(pages.html(page), type: "text/html; charset=utf-8", status: problem.status)
        }
    }

    private func wantsPage(_ request: Request) -> Bool {
        guard !request.uri.path.hasPrefix("/api/") else { return false }
        return request.headers[values: .accept].contains { $0.contains("text/html") }
    }

    private func problem(of error: any Error, for request: Request) -> ConsoleProblem? {
        if let error = error as? StoreError { return .unavailable(error) }
        if let error = error as? HTTPError, error.status == .notFound {
            return .notFound("There is no page at \(request.uri.path).")
        }
        return error as? ConsoleProblem
    }
}
