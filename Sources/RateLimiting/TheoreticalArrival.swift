/// When a budget is full again: the one number that the algorithm keeps per key, in ticks of the rule that moved it.
struct TheoreticalArrival: Sendable {
    private var ticks: UInt128
    private var quota: UInt64

    /// A budget that has always been full.
    init() {
        ticks = 0
        quota = 1
    }

    /// A budget that is full again at `ticks`, of which there are `quota` to a nanosecond.
    init(ticks: UInt128, quota: UInt64) {
        self.ticks = ticks
        self.quota = max(1, quota)
    }

    /// The same moment in the ticks of `rule`; after a changed quota rounded up to a nanosecond.
    func ticks(under rule: RateLimitRule) -> UInt128 {
        quota == rule.quota ? ticks : rule.ticks(nanoseconds)
    }

    /// The first nanosecond at which the budget is full.
    var nanoseconds: UInt64 {
        ticks == 0 ? 0 : UInt64(clamping: (ticks - 1) / UInt128(quota) + 1)
    }
}
