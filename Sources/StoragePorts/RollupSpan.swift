/// How much time one bucket of counts covers; its raw value is that time in milliseconds.
package enum RollupSpan: Int64, Sendable, CaseIterable {
    case minute = 60_000
    case hour = 3_600_000
    case day = 86_400_000

    /// How long buckets are kept, in milliseconds: 24 hours, 30 days, 400 days.
    package var kept: Int64 {
        switch self {
        case .minute: 86_400_000
        case .hour: 30 * 86_400_000
        case .day: 400 * 86_400_000
        }
    }

    /// The beginning of the bucket that holds `time`, both in milliseconds since 1970.
    package func start(of time: Int64) -> Int64 { Self.start(of: time, step: rawValue) }

    /// The oldest beginning that is kept at the moment `now`.
    ///
    /// Buckets go by whole buckets of the next span, so that a window of full length never loses its first step.
    package func oldest(at now: Int64) -> Int64 {
        let (time, overflow) = now.subtractingReportingOverflow(kept)
        let next: RollupSpan = self == .minute ? .hour : .day
        return overflow ? .min : next.start(of: time)
    }

    /// The last multiple of `step` (at least 1) that is not after `time`; times close to the limits stay as they are.
    package static func start(of time: Int64, step: Int64) -> Int64 {
        guard step > 1 else { return time }
        let rest = time % step
        let (start, overflow) = time.subtractingReportingOverflow(rest < 0 ? rest + step : rest)
        return overflow ? time : start
    }
}
