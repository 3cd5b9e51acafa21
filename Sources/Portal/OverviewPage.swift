import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// What the overview says; the template reads the members by their names.
struct OverviewPage {
    /// What the running gateway tells.
    struct GatewayPart {
        /// What runs.
        var status: GatewayStatus
        /// The counters.
        var metrics: MetricsSnapshot
        /// Whether traffic can be served.
        var readiness: Readiness
    }

    /// What the journal tells of the last day.
    struct JournalPart {
        /// Conflicts by resource, most first.
        var resources: [SummaryLine] = []
        /// Conflicts by kind, most first.
        var kinds: [SummaryLine] = []
        /// What conflicts have in common, and what to do about them.
        var analytics: OverviewAnalytics?
        /// Why the journal could not be read, if so.
        var trouble: String?
    }

    private let pageTitle = "Overview"
    private let isOverview = true
    private let isConflicts = false
    private let stateClass: String
    private let stateWord: String
    private let stateDetail: String
    private let troubles: [Trouble]
    private let hasTroubles: Bool
    private let uptime: String
    private let figures: [Figure]
    private let hot: [Bar]
    private let hasHot: Bool
    private let kinds: [Bar]
    private let hasKinds: Bool
    private let analytics: OverviewAnalytics?
    private let journalTrouble: String?
    private let routes: [OverviewRoute]
    private let hasRoutes: Bool
    private let targets: [OverviewTarget]
    private let hasTargets: Bool
    private let source: String
    private let digest: String
    private let loadedAt: String
    private let loadedText: String
    private let version: String
    private let configurationError: String?

    /// The overview of a gateway and its journal.
    init(_ gateway: GatewayPart, _ journal: JournalPart) {
        let status = gateway.status
        (stateClass, stateWord, stateDetail) = Self.state(of: gateway.readiness)
        troubles = gateway.readiness.parts.filter { $0.state != .ok }.map(Trouble.init)
        hasTroubles = !troubles.isEmpty
        uptime = Wording.span(status.uptimeSeconds)
        figures = Figure.all(of: gateway.metrics, uptimeSeconds: status.uptimeSeconds)
        hot = Bar.all(of: journal.resources) { PageLink.conflicts([("since", "24h"), ("resource", $0)]) }
        hasHot = !hot.isEmpty
        kinds = Bar.all(of: journal.kinds) { PageLink.conflicts([("since", "24h"), ("kind", $0)]) }
        hasKinds = !kinds.isEmpty
        analytics = journal.analytics
        journalTrouble = journal.trouble
        routes = OverviewRoute.all(of: gateway.metrics)
        hasRoutes = !routes.isEmpty
        targets = status.upstreams.flatMap { upstream in upstream.targets.map { OverviewTarget($0, of: upstream.name) }
        }
        hasTargets = !targets.isEmpty
        source = status.configuration.source
        digest = status.configuration.digest
        loadedAt = RFC3339.text(milliseconds: status.configuration.loadedAt)
        loadedText = Moment.readable(status.configuration.loadedAt)
        version = status.version
        configurationError = status.configuration.lastError
    }

    private static func state(of readiness: Readiness) -> (String, String, String) {
        switch readiness.word {
        case "ready": ("good", "Ready.", "Traffic is served and nothing is amiss.")
        case "degraded": ("warn", "Degraded.", "Traffic is served; see below what is not as it should be.")
        case "draining": ("warn", "Draining.", "The gateway is about to stop and takes no new connections.")
        default: ("bad", "Not ready.", "Traffic cannot be served.")
        }
    }
}

extension OverviewPage {
    /// A part of the gateway that is not as it should be.
    struct Trouble {
        private let partName: String
        private let partState: String
        private let partDetail: String

        /// The trouble with `part`.
        init(_ part: Readiness.Part) {
            partName = part.name
            partState = part.state.rawValue
            partDetail = part.detail ?? ""
        }
    }

    /// A number with its name.
    struct Figure {
        private let label: String
        private let value: String
        private let note: String?

        /// The figures of `metrics`, counted over `uptimeSeconds`.
        static func all(of metrics: MetricsSnapshot, uptimeSeconds: Double) -> [Figure] {
            let requests = metrics.routes.reduce(UInt64(0)) { $0 &+ OverviewRoute.requests(of: $1) }
            let errors = metrics.routes.reduce(UInt64(0)) { $0 &+ OverviewRoute.errors(of: $1) }
            let limited = metrics.routes.reduce(UInt64(0)) { $0 &+ $1.rateLimited }
            let conflicts = metrics.conflicts.reduce(UInt64(0)) { $0 &+ $1.count }
            let waiting = metrics.routes.reduce(0) { $0 &+ $1.writeQueue }
            let rate = Wording.decimal(Double(requests) / max(uptimeSeconds, 1), 1)
            let waits = Self.merged(metrics.routes.map(\.writeWait)).quantile(0.99)
            return [
                Figure(label: "Requests", value: Wording.number(requests), note: "\(rate) / s"),
                Figure(label: "Conflicts", value: Wording.number(conflicts), note: nil),
                Figure(label: "Conflict rate", value: Wording.share(conflicts, of: requests), note: "of requests"),
                Figure(
                    label: "Server errors",
                    value: Wording.share(errors, of: requests),
                    note: "status 500 and above"
                ),
                Figure(
                    label: "Writes waiting",
                    value: Wording.number(waiting),
                    note: waits.map { "99 % waited \(Wording.duration($0)) at most" }
                ),
                Figure(label: "Rate limited", value: Wording.number(limited), note: nil),
                Figure(label: "Client connections", value: Wording.number(metrics.clientConnections), note: nil),
                Figure(label: "Upstream connections", value: Wording.number(metrics.upstreamConnections), note: nil),
            ]
        }

        private static func merged(_ histograms: [Histogram]) -> Histogram {
            guard var sum = histograms.first else { return Histogram(bounds: []) }
            for histogram in histograms.dropFirst() where histogram.bounds == sum.bounds {
                sum.counts = zip(sum.counts, histogram.counts).map { $0 &+ $1 }
            }
            return sum
        }
    }

    /// One line of a bar chart.
    struct Bar {
        private let name: String
        private let link: String
        private let count: String
        private let share: String

        /// Bars for `lines`, relative to the largest, which comes first.
        static func all(of lines: [SummaryLine], link: (String) -> String) -> [Bar] {
            let largest = Double(max(1, lines.first?.count ?? 1))
            return lines.map { line in
                Bar(
                    name: line.key,
                    link: link(line.key),
                    count: Wording.number(line.count),
                    share: String(Int(Double(line.count) / largest * 100))
                )
            }
        }
    }
}
