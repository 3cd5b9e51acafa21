import ConsoleBasics
import Hummingbird

extension ConsoleAPI {
    /// `GET /api/v1/analytics?since&until&route&step`: what conflicts have in common, and what to do about them.
    func analytics(_ request: Request) async throws -> Response {
        let parameters = try QueryParameters(request.uri.query, allowed: AnalyticsSearch.names)
        let search = try AnalyticsSearch(parameters, now: now())
        return .json(AnalyticsDocument(try await AnalyticsReport(search, from: journal)).json)
    }
}
