/// The clocks a journal writer reads.
package struct JournalClocks: Sendable {
    /// A clock that never jumps, for waiting times.
    package var monotonic: @Sendable () -> ContinuousClock.Instant
    /// Milliseconds since 1970 UTC, for ages.
    package var wall: @Sendable () -> Int64

    /// Two clocks.
    package init(
        monotonic: @escaping @Sendable () -> ContinuousClock.Instant,
        wall: @escaping @Sendable () -> Int64
    ) {
        self.monotonic = monotonic
        self.wall = wall
    }
}
