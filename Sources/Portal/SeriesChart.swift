import ConflictEngine
import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// Conflicts and errors over time as bars; the template reads the members by their names.
///
/// The bars of a step stand side by side: collisions in the first half of its width, errors in the second. The table beside
/// them says the same in numbers.
struct SeriesChart {
    /// Height of the tallest bar, in the units of the picture.
    private static let height = 100

    /// One step in the picture.
    struct Column {
        private let left: String
        private let middle: String
        private let conflictTop: String
        private let conflictHeight: String
        private let errorTop: String
        private let errorHeight: String

        /// The bars of the step at `index`, drawn to a scale that ends at `largest`.
        init(_ rates: ConflictRates, at index: Int, largest: Int) {
            left = String(index * 10 + 1)
            middle = String(index * 10 + 5)
            (conflictTop, conflictHeight) = Self.bar(rates.collisions, of: largest)
            (errorTop, errorHeight) = Self.bar(rates.errors, of: largest)
        }

        private static func bar(_ count: Int, of largest: Int) -> (String, String) {
            guard count > 0 else { return (String(SeriesChart.height), "0") }
            // What happened once must not vanish beside what happened a thousand times.
            let share = min(1, Double(count) / Double(max(1, largest)))
            let tall = max(2, Int((share * Double(SeriesChart.height)).rounded()))
            return (String(SeriesChart.height - tall), String(tall))
        }
    }

    /// One step in the table.
    struct Line {
        private let moment: String
        private let momentText: String
        private let lineRequests: String
        private let lineWrites: String
        private let lineCollisions: String
        private let lineErrors: String

        /// The numbers of a step that begins at `time`.
        init(_ rates: ConflictRates, at time: Int64) {
            moment = RFC3339.text(milliseconds: time)
            momentText = Moment.readable(time)
            lineRequests = Wording.number(rates.requests)
            lineWrites = Wording.number(rates.writes)
            lineCollisions = Wording.number(rates.collisions)
            lineErrors = Wording.number(rates.errors)
        }
    }

    private let columns: [Column]
    private let lines: [Line]
    private let chartWidth: String
    private let tallest: String
    private let stepText: String
    private let firstTime: String
    private let lastTime: String

    /// The chart of `points`, each `step` milliseconds long; steps in which nothing happened have no line in the table.
    init(_ points: [AnalyticsPoint], step: Int64) {
        let rates = points.map { ConflictRates([RouteTally($0)]) }
        let largest = rates.map { max($0.collisions, $0.errors) }.max() ?? 0
        columns = rates.enumerated().map { Column($0.element, at: $0.offset, largest: largest) }
        lines = zip(rates, points).filter { $0.0.requests > 0 || $0.0.conflicts > 0 }
            .map { Line($0.0, at: $0.1.time) }
        chartWidth = String(max(1, points.count) * 10)
        tallest = Wording.number(largest)
        stepText = Wording.span(Double(step) / 1_000)
        firstTime = points.first.map { Moment.readable($0.time) } ?? ""
        lastTime = points.last.map { Moment.readable($0.time &+ step) } ?? ""
    }
}
