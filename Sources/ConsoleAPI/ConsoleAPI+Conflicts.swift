import ConsoleBasics
import Hummingbird
import StoragePorts

extension ConsoleAPI {
    /// `GET /api/v1/conflicts`: a page of the journal, newest first.
    func conflicts(_ request: Request) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query, allowed: ConflictSearch.names)
        let search = try ConflictSearch(parameters, now: now())
        let page = try await journal.page(search.filter, after: search.cursor, limit: search.limit)
        return .json(ConflictPageDocument(page).json)
    }

    /// `GET /api/v1/conflicts/{id}`: one entry.
    func conflict(_ request: Request, _ context: ConsoleRouter.Context) async throws -> Response {
        _ = try QueryParameters(request.uri.query, allowed: [])
        let id = try context.parameters.require("id")
        guard let entry = try await journal.entry(id) else {
            throw ConsoleProblem.notFound("The journal has no conflict `\(id)`; it may have been pruned.")
        }
        return .json(ConflictDocument(entry).json)
    }

    /// `GET /api/v1/conflicts/summary`: how many conflicts share a route, kind, resource or consumer.
    func summary(_ request: Request) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query, allowed: ["by", "limit"] + ConflictSearch.filterNames)
        guard let key = SummaryKey(rawValue: parameters["by"] ?? "") else {
            let allowed = SummaryKey.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConsoleProblem.badParameter("by", "Allowed are \(allowed).")
        }
        let search = try ConflictSearch(parameters, now: now())
        let lines = try await journal.summary(by: key, search.filter, limit: search.limit)
        return .json(SummaryDocument(key: key, since: search.filter.since, lines: lines).json)
    }
}
