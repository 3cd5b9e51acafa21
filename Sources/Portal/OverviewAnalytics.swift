import ConflictEngine
import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// What the overview says of conflicts over the last day; the template reads the members by their names.
struct OverviewAnalytics {
    private let conflictRate: String
    private let errorRate: String
    private let collisions: String
    private let wasted: String
    private let waited: String
    private let hasSeries: Bool
    private let chart: SeriesChart
    private let pairs: [Pair]
    private let hasPairs: Bool
    private let advice: [Suggestion]
    private let hasAdvice: Bool
    private let sample: String?

    /// The sections of `report`.
    init(_ report: AnalyticsReport) {
        let analysis = report.analysis
        let rates = analysis.rates
        conflictRate = Self.percent(rates.conflictRate)
        errorRate = Self.percent(rates.errorRate)
        collisions = "\(Wording.number(rates.collisions)) of \(Wording.number(rates.writes)) writes"
        wasted = Wording.number(analysis.wasted.refused)
        waited = Wording.span(Double(analysis.wasted.waitedMilliseconds) / 1_000)
        chart = SeriesChart(report.series, step: report.search.step)
        hasSeries = rates.requests > 0 || rates.conflicts > 0
        pairs = analysis.pairs.map(Pair.init)
        hasPairs = !pairs.isEmpty
        advice = analysis.advice.map(Suggestion.init)
        hasAdvice = !advice.isEmpty
        sample =
            analysis.isComplete
            ? nil : "Pairs and advice come from the latest \(Wording.number(analysis.considered)) conflicts."
    }

    private static func percent(_ share: Double?) -> String {
        guard let share else { return "–" }
        return Wording.share(UInt64(max(0, min(1, share)) * 1_000_000), of: 1_000_000)
    }

    /// Two callers that collide.
    struct Pair {
        private let who: String
        private let pairRoute: String
        private let pairLink: String
        private let pairCount: String

        /// The line of `pair`.
        init(_ pair: CollidingPair) {
            who = pair.first == pair.second ? "\(pair.first), with itself" : "\(pair.first) and \(pair.second)"
            pairRoute = pair.route.text
            pairLink = PageLink.conflicts([
                ("since", "24h"), ("service", pair.route.service), ("route", pair.route.route),
                ("consumer", pair.first),
            ])
            pairCount = Wording.number(pair.count)
        }
    }

    /// Something to change.
    struct Suggestion {
        private let rule: String
        private let adviceText: String
        private let setting: String?

        /// The line of `advice`.
        init(_ advice: Advice) {
            rule = advice.rule.rawValue
            adviceText = advice.text + "."
            setting = advice.set
        }
    }
}
