/// What became of one and the same request, sent again and again.
struct RepeatTrail: Sendable {
    /// How near repetitions have to be, in milliseconds.
    static let window: Int64 = 10_000
    /// How many failures make a storm.
    static let storm = 3

    /// Failures in a row, each within the window of the one before, as places; the last few.
    private(set) var failures: [DiagnosisPlace] = []
    /// How many there were in all.
    private(set) var count = 0
    /// The last success.
    private(set) var lastSuccess: DiagnosisPlace?
    private var lastFailureTime: Int64?
    private var lastSuccessTime: Int64?

    /// Notes a failure; returns whether it makes a storm just now.
    mutating func noteFailure(_ exchange: DiagnosedExchange) -> Bool {
        if let last = lastFailureTime, let time = exchange.time, !Self.isNear(last, time) {
            (failures, count) = ([], 0)
        }
        lastFailureTime = exchange.time ?? lastFailureTime
        if failures.count < 16 { failures.append(exchange.place) }
        count += 1
        return count == Self.storm
    }

    /// Notes a success; returns where the last one was, if that was within a day.
    mutating func noteSuccess(_ exchange: DiagnosedExchange) -> DiagnosisPlace? {
        (failures, count, lastFailureTime) = ([], 0, nil)
        defer { (lastSuccess, lastSuccessTime) = (exchange.place, exchange.time) }
        if let last = lastSuccessTime, let time = exchange.time, !Self.isNear(last, time, within: 86_400_000) {
            return nil
        }
        return lastSuccess
    }

    private static func isNear(_ early: Int64, _ late: Int64, within window: Int64 = window) -> Bool {
        let (distance, overflow) = late.subtractingReportingOverflow(early)
        return !overflow && distance <= window && distance >= -window
    }
}
