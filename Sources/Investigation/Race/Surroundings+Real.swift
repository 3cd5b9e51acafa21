extension Race.Surroundings {
    /// The world as it is: the system's clock and real pauses.
    package static func real(
        _ transport: any RaceTransport,
        progress: @escaping @Sendable (RaceProgress) -> Void
    ) -> Self {
        let clock = ContinuousClock()
        let start = clock.now
        return Self(
            transport: transport,
            now: {
                let (seconds, attoseconds) = (clock.now - start).components
                return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds / 1_000_000_000))
            },
            pause: { try? await Task.sleep(for: .milliseconds(Int64(clamping: $0))) },
            progress: progress
        )
    }
}
