import ConflictEngine
package import StoragePorts

/// A search of the journal as a URL says it; the API, the pages and the command line read it alike.
package struct ConflictSearch: Sendable, Equatable {
    /// Which entries are wanted.
    package var filter = ConflictFilter()
    /// How many at once.
    package var limit = 50
    /// Behind which entry to begin.
    package var cursor: ConflictCursor?

    /// The names a list takes.
    package static let names = filterNames + ["limit", "after"]
    /// The names that narrow what is listed.
    package static let filterNames = ["since", "until", "service", "route", "kind", "consumer", "resource"]
    /// Entries on one page at most.
    package static let largestLimit = 1_000

    /// Every entry, from the newest on.
    package init() {}

    /// Reads a search from `parameters` at the moment `now` (milliseconds since 1970).
    package init(_ parameters: QueryParameters, now: Int64) throws(ConsoleProblem) {
        filter.since = try parameters.time("since", now: now)
        filter.until = try parameters.time("until", now: now)
        filter.service = parameters["service"]
        filter.kind = try Self.kind(parameters["kind"])
        filter.consumer = parameters["consumer"]
        filter.resource = parameters["resource"]
        limit = try parameters.number("limit", in: 1...Self.largestLimit, default: limit)
        if let route = parameters["route"] { setRoute(route) }
        guard let text = parameters["after"] else { return }
        guard let cursor = ConflictCursor(text: text) else {
            throw .badParameter("after", "Allowed is the value of `next` from an earlier page.")
        }
        self.cursor = cursor
    }

    private static func kind(_ name: String?) throws(ConsoleProblem) -> String? {
        guard let name, ConflictKind(rawValue: name) == nil else { return name }
        let allowed = ConflictKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw .badParameter("kind", "Allowed are \(allowed).")
    }

    /// Narrows the search to `route`: a route's name, or `SERVICE/ROUTE`.
    package mutating func setRoute(_ route: String) {
        let parts = route.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, filter.service == nil || filter.service == String(parts[0]) {
            filter.service = String(parts[0])
            filter.route = String(parts[1])
        } else {
            filter.route = route
        }
    }
}
