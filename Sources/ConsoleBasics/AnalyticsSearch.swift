package import StoragePorts

/// The time, step and route that analytics are wanted of, as a URL says it; the API and the pages read it alike.
package struct AnalyticsSearch: Sendable, Equatable {
    /// The names a query may use.
    package static let names = ["since", "until", "route", "step"]
    /// Steps in a series at most: a day of minutes.
    package static let mostSteps: Int64 = 1_441
    /// Steps that suit people, in milliseconds, of which one is chosen if none is asked for.
    private static let usual: [Int64] = [
        60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000, 2_592_000_000,
    ]
    /// Steps in a series, at most, if none is asked for.
    private static let usualSteps: Int64 = 100

    /// The buckets to read, from the beginning of the first step to the end of the last.
    package let window: AnalyticsWindow
    /// The length of a step in milliseconds; a whole number of the window's spans.
    package let step: Int64

    /// Reads a search from `parameters` at the moment `now` (milliseconds since 1970): the last 24 hours, unless it says so.
    ///
    /// A step may be no finer than what is still kept of the beginning: minutes for 24 hours, hours for 30 days.
    package init(_ parameters: QueryParameters, now: Int64) throws(ConsoleProblem) {
        let since = try parameters.time("since", now: now) ?? now.subtractingReportingOverflow(86_400_000).partialValue
        let until = try parameters.time("until", now: now) ?? now
        guard since < until else {
            throw .badParameter("since", "It must be before `until`, which is now unless given.")
        }
        let (length, overflow) = until.subtractingReportingOverflow(since)
        guard !overflow, length < 1 << 50 else { throw .badParameter("since", "Allowed are times within 400 days.") }
        let finest = Self.finest(since: since, now: now)
        step = try Self.step(parameters, finest: finest, length: length)
        let span: RollupSpan =
            step % RollupSpan.day.rawValue == 0 ? .day : step % RollupSpan.hour.rawValue == 0 ? .hour : .minute
        let end = until.addingReportingOverflow(step - 1)
        var window = AnalyticsWindow(
            span,
            since: RollupSpan.start(of: since, step: step),
            until: end.overflow ? .max : RollupSpan.start(of: end.partialValue, step: step)
        )
        if let route = parameters["route"] { (window.service, window.route) = Self.names(of: route) }
        self.window = window
    }

    /// How many steps the window has.
    package var steps: Int { Int(clamping: (window.until - window.since) / step) }

    private static func finest(since: Int64, now: Int64) -> RollupSpan {
        if since >= RollupSpan.minute.oldest(at: now) { return .minute }
        return since >= RollupSpan.hour.oldest(at: now) ? .hour : .day
    }

    private static func step(
        _ parameters: QueryParameters,
        finest: RollupSpan,
        length: Int64
    ) throws(ConsoleProblem) -> Int64 {
        guard let text = parameters["step"] else {
            let choices = usual.filter { $0 >= finest.rawValue }
            guard let step = choices.first(where: { length / $0 <= usualSteps }) ?? choices.last,
                length / step < mostSteps
            else { throw .badParameter("since", "Allowed are times within 400 days.") }
            return step
        }
        guard let step = Moment.length(of: text), step > 0, step % RollupSpan.minute.rawValue == 0, step < 1 << 50
        else {
            throw .badParameter("step", "Allowed are whole minutes, as a duration such as 1m, 15m, 1h or 1d.")
        }
        guard step % finest.rawValue == 0 else {
            let word = finest == .hour ? "hours" : "days"
            throw .badParameter(
                "step",
                "So far back only \(word) are kept: minutes go after 24 hours, hours after 30 days. "
                    + "Allowed are whole \(word), or a later `since`."
            )
        }
        guard length / step < mostSteps else {
            throw .badParameter("step", "That would be more than \(mostSteps - 1) steps; allowed is a longer one.")
        }
        return step
    }

    /// A route's name, or `SERVICE/ROUTE`.
    private static func names(of route: String) -> (String?, String) {
        let parts = route.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, route)
    }
}
