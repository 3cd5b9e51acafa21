/// Advice on how writes should meet: merging, turns, conditions and locks.
extension Advice {
    /// Merging, where most stale writes missed changes to parts that can be told apart.
    static func merging(_ evidence: RouteEvidence) -> Advice? {
        guard evidence.isMuch(evidence.staleCollisions) else { return nil }
        let explained = evidence.stale.filter { $0.rival?.changed.contains { !ChangedPointer($0).isWhole } == true }
        guard explained.count >= AnalysisThresholds.conflicts,
            evidence.isMost(explained.count, of: evidence.stale.count)
        else { return nil }
        let proposal = MergeProposal(explained.compactMap { $0.rival?.changed })
        guard proposal.isUseful else { return nil }
        var text = "\(opening(evidence)): turn on merging\(proposal.words)"
        if waitsHelp(evidence) { text += ", or queue up to 2 s" }
        let level = comesFromUpstream(evidence) ? "level: serialise, " : ""
        let set = "conflict: { \(level)merge: \(proposal.yaml) }"
        return Advice(route: evidence.route, rule: .merge, text: text, set: set)
    }

    /// Turns, where writes that name no version run into each other at the upstream within moments.
    static func turns(_ evidence: RouteEvidence) -> Advice? {
        guard evidence.isMuch(evidence.staleCollisions), waitsHelp(evidence) else { return nil }
        return Advice(
            route: evidence.route,
            rule: .queue,
            text: "\(opening(evidence)): queue up to 2 s",
            set: "conflict: { level: serialise, wait: 2s }"
        )
    }

    /// A longer wait or a longer queue, where writes give up before their turn comes.
    static func longerWait(_ evidence: RouteEvidence) -> Advice? {
        let name = ConflictKind.contended.rawValue
        let refused = evidence.tally.tally(of: .contended).refused
        guard evidence.isMuch(refused) else { return nil }
        let sample = evidence.sightings.filter { $0.kind == name && $0.outcome != .queued }
        let waits = sample.compactMap(\.waitMilliseconds).filter { $0 > 0 }
        let share = AdviceWording.share(refused, of: evidence.tally.writes)
        let start = "\(share) of writes to \(evidence.route.text) are refused because their turn does not come"
        guard let longest = waits.max(), evidence.isMost(waits.count, of: sample.count) else {
            let text = "\(start), without having waited: let more of them queue"
            return Advice(route: evidence.route, rule: .queue, text: text, set: "conflict: { queue: 256 }")
        }
        guard let seconds = [2, 5, 10, 30].first(where: { $0 * 1_000 > longest }) else { return nil }
        let text =
            "\(start) (the longest waited \(AdviceWording.duration(Int64(longest)))): let them wait up to \(seconds) s"
        return Advice(route: evidence.route, rule: .queue, text: text, set: "conflict: { wait: \(seconds)s }")
    }

    /// A condition, where writes replaced versions that their senders had not seen.
    static func condition(_ evidence: RouteEvidence) -> Advice? {
        let lost = evidence.tally.tally(of: .lostUpdate).count
        guard lost >= AnalysisThresholds.conflicts else { return nil }
        let text =
            "\(lost) of \(evidence.tally.writes) writes to \(evidence.route.text) replaced a version that their sender "
            + "had not seen: demand a condition with each write"
        let set = "conflict: { level: serialise, require-condition: true }"
        return Advice(route: evidence.route, rule: .requireCondition, text: text, set: set)
    }

    /// Locks, where documents are kept for minutes before they come back.
    static func locks(_ evidence: RouteEvidence) -> Advice? {
        let gaps = evidence.stale.compactMap(\.gap)
        let long = gaps.filter { $0 > AnalysisThresholds.editingMilliseconds }
        guard evidence.isMuch(evidence.staleCollisions), long.count >= AnalysisThresholds.conflicts else { return nil }
        guard evidence.isMost(long.count, of: gaps.count), let median = evidence.gaps.median else { return nil }
        let share = AdviceWording.share(long.count, of: gaps.count)
        let text =
            "\(share) of stale writes to \(evidence.route.text) come more than a minute after the write that they missed "
            + "(half of all later than \(AdviceWording.duration(median))): let editors lock what they work on"
        let set = "conflict: { locks: { enabled: true, max: 10m } }"
        return Advice(route: evidence.route, rule: .locks, text: text, set: set)
    }

    /// How many writes collide, and within which time if that is known: the beginning of a sentence.
    private static func opening(_ evidence: RouteEvidence) -> String {
        let writes = evidence.tally.writes
        let place = "of writes to \(evidence.route.text) collide"
        guard let gap = evidence.usualGap else {
            return "\(AdviceWording.share(evidence.staleCollisions, of: writes)) \(place)"
        }
        let near = evidence.gaps.count(within: gap)
        if evidence.isComplete {
            return "\(AdviceWording.share(near, of: writes)) \(place) within \(AdviceWording.duration(gap))"
        }
        let share = AdviceWording.share(evidence.staleCollisions, of: writes)
        let nearShare = AdviceWording.share(near, of: evidence.gaps.known)
        return "\(share) \(place), \(nearShare) of the latest within \(AdviceWording.duration(gap))"
    }

    /// Whether turns would have kept most of these writes apart: they name no version, and meet within 2 s.
    private static func waitsHelp(_ evidence: RouteEvidence) -> Bool {
        guard evidence.usualGap != nil else { return false }
        return evidence.isMost(
            evidence.tally.tally(of: .staleVersionImplicit).collisions,
            of: evidence.staleCollisions
        )
    }

    private static func comesFromUpstream(_ evidence: RouteEvidence) -> Bool {
        evidence.isMost(evidence.stale.count { $0.isFromUpstream }, of: evidence.stale.count)
    }
}
