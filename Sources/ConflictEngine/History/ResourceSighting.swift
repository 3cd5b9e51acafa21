/// What was last seen of one resource: the rules of ``LatestKnown``, without lock or clock.
struct ResourceSighting: Sendable {
    private struct Sighting: Sendable {
        var tag: [UInt8]?
        /// When what is known was last learnt; a read that began before says nothing newer.
        var learnt: UInt64
        /// The latest moment at which the tag is known to have been current.
        var confirmed: UInt64
    }

    /// Variants kept of one resource; beyond that all of them are forgotten.
    private static let limit = 32

    private var variants: [UInt64: Sighting] = [:]
    private var writesUnderWay = 0
    private var lastWriteEnded: UInt64?
    /// Whether a write of unknown outcome may still be applied: until a change shows, it accounts for the next one.
    private var isInDoubt = false

    /// Nothing was seen yet.
    init() {}

    /// Judges a read that lasted from `began` to `ended`.
    mutating func observe(
        _ tag: [UInt8]?,
        variant: UInt64,
        began: UInt64,
        ended: UInt64
    ) -> LatestKnown.Observation {
        guard let known = variants[variant] else {
            if !overlapsWrite(began) { learn(tag, variant, began: began, ended: ended) }
            return .first
        }
        guard known.tag != tag else {
            if !isInDoubt { variants[variant]?.confirmed = max(known.confirmed, began) }
            return .same
        }
        guard began > known.learnt, !overlapsWrite(began) else { return .explained }
        isInDoubt = false
        learn(tag, variant, began: began, ended: ended)
        // What appears may have been created by a POST elsewhere, which takes no turn here.
        guard let previous = known.tag, lastWriteEnded ?? 0 <= known.confirmed else { return .explained }
        return .changedOutOfBand(previous: previous)
    }

    /// A write is about to be sent.
    mutating func beginWrite() {
        writesUnderWay += 1
    }

    /// A write ended at `now`.
    mutating func endWrite(as end: LatestKnown.WriteEnd, at now: UInt64) {
        writesUnderWay = max(writesUnderWay - 1, 0)
        switch end {
        case .refused:
            return
        case .unknown:
            isInDoubt = true
        case .wrote(let variant, let tag):
            isInDoubt = false
            learn(tag, variant, began: now, ended: now)
        }
        lastWriteEnded = max(lastWriteEnded ?? 0, now)
    }

    private mutating func learn(_ tag: [UInt8]?, _ variant: UInt64, began: UInt64, ended: UInt64) {
        if variants.count >= Self.limit, variants[variant] == nil { variants = [:] }
        variants[variant] = Sighting(tag: tag, learnt: ended, confirmed: isInDoubt ? 0 : began)
    }

    private func overlapsWrite(_ began: UInt64) -> Bool {
        guard writesUnderWay == 0 else { return true }
        return lastWriteEnded.map { $0 >= began } ?? false
    }
}
