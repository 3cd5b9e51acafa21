import ConsoleBasics

extension Metric {
    /// The lines of this metric in `exposition`.
    func samples(in exposition: Exposition) -> [MetricSample] {
        let snapshot = exposition.snapshot
        return switch self {
        case .requests: snapshot.routes.flatMap(Self.requests)
        case .requestDuration: snapshot.routes.flatMap { Self.lines(of: $0.requestDuration, Self.labels(of: $0)) }
        case .upstreamDuration: snapshot.routes.flatMap { Self.lines(of: $0.upstreamDuration, Self.labels(of: $0)) }
        case .writeWait: snapshot.routes.flatMap { Self.lines(of: $0.writeWait, Self.labels(of: $0)) }
        case .writeQueue: snapshot.routes.map { MetricSample(Self.labels(of: $0), $0.writeQueue) }
        case .rateLimited: snapshot.routes.map { MetricSample(Self.labels(of: $0), $0.rateLimited) }
        case .conflicts: snapshot.conflicts.map(Self.conflicts)
        case .connections:
            [
                MetricSample([("side", "client")], snapshot.clientConnections),
                MetricSample([("side", "upstream")], snapshot.upstreamConnections),
            ]
        case .journalLag: [MetricSample([], snapshot.journalLagSeconds)]
        case .journalDropped: [MetricSample([], snapshot.journalDropped)]
        case .journalDegraded: [MetricSample([], snapshot.journalDegraded == nil ? 0 : 1)]
        case .tokenUsage, .operationDuration, .timeToFirstToken, .modelCost, .modelAttempts:
            snapshot.models.flatMap(modelSamples)
        case .guardFindings: snapshot.guards.map(Self.findings)
        case .usageDropped: [MetricSample([], snapshot.usageDropped)]
        case .accessLogDropped: [MetricSample([], snapshot.accessLogDropped)]
        case .build: [MetricSample([("version", exposition.version)], 1)]
        default: value(in: exposition.process).map { [MetricSample([], $0)] } ?? []
        }
    }

    /// The value of a `process_` metric; `nil` where the kernel does not tell.
    private func value(in process: ProcessUsage) -> Double? {
        switch self {
        case .processSeconds: process.processorSeconds
        case .processResident: process.residentBytes.map { Double($0) }
        case .processVirtual: process.virtualBytes.map { Double($0) }
        case .processFiles: process.openFiles.map { Double($0) }
        case .processFileLimit: process.fileLimit.map { Double($0) }
        case .processThreads: process.threads.map { Double($0) }
        case .processStart: process.startSeconds
        default: nil
        }
    }

    private static func labels(of route: RouteMetrics) -> [(name: String, value: String)] {
        [("service", route.service), ("route", route.route)]
    }

    private static func requests(of route: RouteMetrics) -> [MetricSample] {
        route.requests.map { count in
            MetricSample(labels(of: route) + [("method", count.method), ("status", String(count.status))], count.count)
        }
    }

    private static func conflicts(_ count: ConflictCount) -> MetricSample {
        let labels = [
            ("service", count.service), ("route", count.route), ("kind", count.kind), ("origin", count.origin),
            ("resolution", count.resolution),
        ]
        return MetricSample(labels.map { (name: $0.0, value: $0.1) }, count.count)
    }

    private static func findings(_ count: GuardCount) -> MetricSample {
        MetricSample([("guard", count.name), ("mode", count.mode), ("on", count.direction)], count.count)
    }

    /// The lines of a histogram with these labels.
    static func lines(of histogram: Histogram, _ labels: [(name: String, value: String)]) -> [MetricSample] {
        var lines: [MetricSample] = []
        var below: UInt64 = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            below &+= count
            let edge = [(name: "le", value: MetricSample.text(of: bound))]
            lines.append(MetricSample(labels + edge, count: below, suffix: "_bucket"))
        }
        // The last bucket and the count come from one sum, so that they agree whatever was counted meanwhile.
        let all = histogram.count
        lines.append(MetricSample(labels + [(name: "le", value: "+Inf")], count: all, suffix: "_bucket"))
        lines.append(MetricSample(labels, histogram.sum, suffix: "_sum"))
        lines.append(MetricSample(labels, count: all, suffix: "_count"))
        return lines
    }
}
