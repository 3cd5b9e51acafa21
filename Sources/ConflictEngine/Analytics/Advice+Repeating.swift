/// Advice on requests that are sent more than once.
extension Advice {
    /// Idempotency keys, where the same intention arrives more than once.
    static func idempotency(_ evidence: RouteEvidence) -> Advice? {
        let running = evidence.tally.tally(of: .duplicateInFlight).count
        let repeated = repeatedCreations(evidence.sightings)
        var findings: [String] = []
        var settings: [String] = []
        if repeated >= AnalysisThresholds.conflicts {
            findings.append("\(repeated) creations were sent again within 10 s by the same caller")
            settings.append("required: true")
        }
        if running >= AnalysisThresholds.conflicts {
            findings.append("\(running) requests came while their first attempt was still running")
            settings.append("join: 2s")
        }
        guard !findings.isEmpty else { return nil }
        let text =
            "On \(evidence.route.text) \(findings.joined(separator: " and ")): "
            + "let idempotency keys give repetitions the first answer"
        let set = "conflict: { idempotency: { \(settings.joined(separator: ", ")) } }"
        return Advice(route: evidence.route, rule: .idempotency, text: text, set: set)
    }

    /// Patience, where a caller storms a resource; the largest storm stands for all.
    static func calmer(_ evidence: RouteEvidence) -> Advice? {
        guard let storm = evidence.storms.max(by: { $0.count < $1.count }) else { return nil }
        let span = AdviceWording.duration(max(0, storm.end.subtractingReportingOverflow(storm.begin).partialValue))
        let who = storm.consumer ?? "A caller without a name"
        let others = evidence.storms.count - 1
        let more = others > 0 ? " (and there were \(others) more such storms)" : ""
        let retryable = ConflictKind(rawValue: storm.kind)?.isRetryable == true
        let remedy =
            retryable
            ? "have it wait as Retry-After says, and retry with jitter"
            : "have it read the resource before it tries again, with jitter between tries"
        let text = "\(who) met \(storm.kind) at \(storm.resource) \(storm.count) times within \(span)\(more): \(remedy)"
        return Advice(route: evidence.route, rule: .retryWithJitter, text: text, set: nil)
    }

    /// How many refused creations followed another of the same caller on the same resource at once.
    private static func repeatedCreations(_ sightings: [ConflictSighting]) -> Int {
        let kinds = [ConflictKind.alreadyExists.rawValue, ConflictKind.uniqueness.rawValue]
        let creations = sightings.filter { $0.method == "POST" && $0.consumer != nil && kinds.contains($0.kind) }
        var latest: [[String]: Int64] = [:]
        var repeated = 0
        for creation in creations.sorted(by: { $0.time < $1.time }) {
            let key = [creation.consumer ?? "", creation.resource]
            if let before = latest[key] {
                let (span, overflow) = creation.time.subtractingReportingOverflow(before)
                if !overflow && span <= AnalysisThresholds.repeatMilliseconds { repeated += 1 }
            }
            latest[key] = creation.time
        }
        return repeated
    }
}
