/// One conflict as the analysis sees it: the parts of a journal entry that numbers are made of (contract, section 4).
package struct ConflictSighting: Sendable, Equatable {
    /// What became of the request.
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        case refused
        case queued
        case merged
        case replayed
        case passed
    }

    /// The write that came first.
    package struct Rival: Sendable, Equatable {
        /// Who wrote, if known.
        package var consumer: String?
        /// When, in milliseconds since 1970 UTC, if known.
        package var time: Int64?
        /// What it changed, as JSON pointers (RFC 6901); empty if not known.
        package var changed: [String]

        /// What is known of the other write.
        package init(consumer: String? = nil, time: Int64? = nil, changed: [String] = []) {
            self.consumer = consumer
            self.time = time
            self.changed = changed
        }
    }

    /// When it happened, in milliseconds since 1970 UTC.
    package var time: Int64
    /// The route the request matched.
    package var route: RouteName
    /// What was being changed, in normal form.
    package var resource: String
    /// The method as sent.
    package var method: String
    /// The kind's name, from the table of kinds.
    package var kind: String
    /// What became of the request.
    package var outcome: Outcome
    /// The caller, if known.
    package var consumer: String?
    /// Whether the upstream made the answer, rather than the gateway.
    package var isFromUpstream = false
    /// How long the request waited for its turn, in milliseconds, if it did.
    package var waitMilliseconds: Int?
    /// The write it collided with, where known.
    package var rival: Rival?
    /// The entity tag the caller named, as sent.
    package var yourVersion: String?
    /// The entity tag that was current, as sent.
    package var currentVersion: String?

    /// A sighting of what is always known; set the rest afterwards.
    package init(
        at time: Int64,
        on route: RouteName,
        _ method: String,
        _ resource: String,
        became fate: (kind: String, outcome: Outcome)
    ) {
        self.time = time
        self.route = route
        self.resource = resource
        self.method = method
        kind = fate.kind
        outcome = fate.outcome
    }

    /// Milliseconds from the competing write to this conflict; `nil` if unknown, or if the clocks disagree.
    package var gap: Int64? {
        guard let before = rival?.time else { return nil }
        let (gap, overflow) = time.subtractingReportingOverflow(before)
        return overflow || gap < 0 ? nil : gap
    }

    /// Whether a version turned out to be no longer current, named or not.
    package var isStale: Bool {
        kind == ConflictKind.staleVersion.rawValue || kind == ConflictKind.staleVersionImplicit.rawValue
    }
}
