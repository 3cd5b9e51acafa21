/// What to change about one route, derived from what was measured there.
package struct Advice: Sendable, Equatable {
    /// Which rule gave it; a bounded set, fit for programs.
    package enum Rule: String, Sendable, Equatable, CaseIterable {
        /// Writers change different parts of the same document: merge.
        case merge
        /// Writers meet within moments: let them wait for each other, or longer than now.
        case queue
        /// Writers replace what they have not seen: demand a condition.
        case requireCondition = "require-condition"
        /// The same intention arrives more than once: idempotency keys.
        case idempotency
        /// Writers keep a document for minutes: locks.
        case locks
        /// A caller repeats what cannot succeed: retry with jitter, or not at all.
        case retryWithJitter = "retry-with-jitter"
    }

    /// The route it is about.
    package var route: RouteName
    /// Which rule gave it.
    package var rule: Rule
    /// The measurement and the remedy, in one sentence without the full stop.
    package var text: String
    /// What to write among the route's policies, as YAML; `nil` if the remedy is not a setting.
    package var set: String?

    /// All advice on the routes of `evidence`, the routes with most collisions first.
    static func all(_ evidence: [RouteEvidence]) -> [Advice] {
        let ordered = evidence.sorted { left, right in
            (right.collisions, left.route) < (left.collisions, right.route)
        }
        return Array(ordered.flatMap(all).prefix(AnalysisThresholds.advice))
    }

    private static func all(on evidence: RouteEvidence) -> [Advice] {
        var advice: [Advice?] = []
        if evidence.tally.writes >= AnalysisThresholds.writes {
            let merging = merging(evidence)
            advice += [merging, longerWait(evidence), merging == nil ? turns(evidence) : nil]
            advice += [condition(evidence), idempotency(evidence), locks(evidence)]
        }
        return (advice + [calmer(evidence)]).compactMap(\.self)
    }
}
