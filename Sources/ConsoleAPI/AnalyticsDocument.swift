import ConflictEngine
import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// Analytics as JSON.
///
/// Times are RFC 3339, rates are numbers from 0 to 1, and what cannot be said is null:
///
/// ```
/// { "since", "until",                        whole steps around what was asked for
///   "step_ms", "route",                      "route": what the query said, as SERVICE/ROUTE or ROUTE, or null
///   "totals": { "requests", "writes", "accepted", "conflicts", "collisions", "errors", "by_kind": { KIND: n } },
///   "rates": { "conflict", "error" },        collisions per write; errors that are no conflicts, per request
///   "considered", "complete",                how many entries the lists below are made of; whether these are all
///   "series": [ { "time", "requests", "writes", "conflicts", "errors", "by_kind": { KIND: n } } ],
///   "hot_resources": [ { "resource", "count", "consumers", "last" } ],
///   "pairs": [ { "consumers": [a, b], "route", "count" } ],
///   "storms": [ { "consumer", "route", "resource", "kind", "begin", "end", "count" } ],
///   "wasted": { "refused", "accepted", "refused_per_accepted", "queued", "waited_ms" },
///   "behind": { "known", "one", "two", "more", "most" },
///   "gaps": { "known", "median_ms", "within": [ { "ms", "count" } ] },
///   "fields": [ { "pointer", "count" } ],
///   "advice": [ { "route", "rule", "text", "set" } ] }
/// ```
///
/// `route` is `SERVICE/ROUTE` in all lists. `errors` are answers of 500 and above that were no conflicts.
struct AnalyticsDocument {
    private let report: AnalyticsReport

    /// The document of `report`.
    init(_ report: AnalyticsReport) {
        self.report = report
    }

    /// The whole document.
    var json: JSONValue {
        let analysis = report.analysis
        let window = report.search.window
        return [
            "since": .time(window.since),
            "until": .time(window.until),
            "step_ms": .integer(report.search.step),
            "route": .text(window.service.map { $0 + "/" + (window.route ?? "") } ?? window.route),
            "totals": totals,
            "rates": [
                "conflict": Self.decimal(analysis.rates.conflictRate), "error": Self.decimal(analysis.rates.errorRate),
            ],
            "considered": .integer(analysis.considered),
            "complete": .bool(analysis.isComplete),
            "series": .array(report.series.map(Self.json)),
            "hot_resources": .array(analysis.hotResources.map(Self.json)),
            "pairs": .array(analysis.pairs.map(Self.json)),
            "storms": .array(analysis.storms.map(Self.json)),
            "wasted": Self.json(analysis.wasted),
            "behind": Self.json(analysis.behind),
            "gaps": Self.json(analysis.gaps),
            "fields": .array(
                analysis.fields.map { ["pointer": .string($0.pointer), "count": .integer($0.count)] }
            ),
            "advice": .array(analysis.advice.map(Self.json)),
        ]
    }

    private var totals: JSONValue {
        let rates = report.analysis.rates
        return [
            "requests": .integer(rates.requests),
            "writes": .integer(rates.writes),
            "accepted": .integer(rates.accepted),
            "conflicts": .integer(rates.conflicts),
            "collisions": .integer(rates.collisions),
            "errors": .integer(rates.errors),
            "by_kind": Self.json(report.kinds),
        ]
    }

    private static func json(_ kinds: [KindTally]) -> JSONValue {
        var object = JSONObject()
        for kind in kinds { object.set(kind.kind, to: .integer(kind.count)) }
        return .object(object)
    }

    private static func json(_ point: AnalyticsPoint) -> JSONValue {
        let tally = RouteTally(point)
        let rates = ConflictRates([tally])
        return [
            "time": .time(point.time),
            "requests": .integer(rates.requests),
            "writes": .integer(rates.writes),
            "conflicts": .integer(rates.conflicts),
            "errors": .integer(rates.errors),
            "by_kind": json(tally.kinds),
        ]
    }

    /// The number with at most six places, so that no language reads another number than was meant.
    private static func decimal(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite, value >= 0, value < 1e9 else { return .null }
        let millionths = Int64((value * 1_000_000).rounded())
        let fraction = String(millionths % 1_000_000)
        let text = "\(millionths / 1_000_000)." + String(repeating: "0", count: max(0, 6 - fraction.count)) + fraction
        return (try? JSONParser.parse(Array(text.utf8))) ?? .null
    }
}

extension AnalyticsDocument {
    private static func json(_ resource: HotResource) -> JSONValue {
        [
            "resource": .string(resource.resource),
            "count": .integer(resource.count),
            "consumers": .integer(resource.consumers),
            "last": .time(resource.last),
        ]
    }

    private static func json(_ pair: CollidingPair) -> JSONValue {
        [
            "consumers": .array([.string(pair.first), .string(pair.second)]),
            "route": .string(pair.route.text),
            "count": .integer(pair.count),
        ]
    }

    private static func json(_ storm: RetryStorm) -> JSONValue {
        [
            "consumer": .text(storm.consumer),
            "route": .string(storm.route.text),
            "resource": .string(storm.resource),
            "kind": .string(storm.kind),
            "begin": .time(storm.begin),
            "end": .time(storm.end),
            "count": .integer(storm.count),
        ]
    }

    private static func json(_ wasted: WastedWork) -> JSONValue {
        [
            "refused": .integer(wasted.refused),
            "accepted": .integer(wasted.accepted),
            "refused_per_accepted": decimal(wasted.refusedPerAccepted),
            "queued": .integer(wasted.queued),
            "waited_ms": .integer(wasted.waitedMilliseconds),
        ]
    }

    private static func json(_ behind: VersionsBehind) -> JSONValue {
        [
            "known": .integer(behind.known),
            "one": .integer(behind.one),
            "two": .integer(behind.two),
            "more": .integer(behind.more),
            "most": .integer(behind.most),
        ]
    }

    private static func json(_ gaps: GapDistribution) -> JSONValue {
        let within = zip(GapDistribution.bounds, gaps.within).map { bound, count -> JSONValue in
            ["ms": .integer(bound), "count": .integer(count)]
        }
        return ["known": .integer(gaps.known), "median_ms": .integer(gaps.median), "within": .array(within)]
    }

    private static func json(_ advice: Advice) -> JSONValue {
        [
            "route": .string(advice.route.text),
            "rule": .string(advice.rule.rawValue),
            "text": .string(advice.text),
            "set": .text(advice.set),
        ]
    }
}
