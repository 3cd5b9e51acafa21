/// One caller that sends the same hopeless request again and again.
package struct RetryStorm: Sendable, Equatable {
    /// The caller; `nil` stands for all callers without a name.
    package var consumer: String?
    /// The route of the first attempt.
    package var route: RouteName
    /// What it tries to change.
    package var resource: String
    /// The kind's name that it meets each time.
    package var kind: String
    /// The first attempt, in milliseconds since 1970 UTC.
    package var begin: Int64
    /// The last attempt, in milliseconds since 1970 UTC.
    package var end: Int64
    /// How many attempts there were.
    package var count: Int

    private struct Key: Hashable {
        let consumer: String?
        let resource: String
        let kind: String
    }

    /// The `limit` largest storms, largest first, then the earliest.
    ///
    /// A storm lasts as long as each attempt is the last of ``AnalysisThresholds/stormAttempts`` within
    /// ``AnalysisThresholds/stormMilliseconds``, or leads to one that is. Requests that waited and went on are no attempts.
    static func all(_ sightings: [ConflictSighting], limit: Int) -> [RetryStorm] {
        var attempts: [Key: [ConflictSighting]] = [:]
        for sighting in sightings where sighting.outcome == .refused || sighting.outcome == .passed {
            let key = Key(consumer: sighting.consumer, resource: sighting.resource, kind: sighting.kind)
            attempts[key, default: []].append(sighting)
        }
        let storms = attempts.values.flatMap { Self.storms(in: $0.sorted { $0.time < $1.time }) }
        let ranked = storms.sorted { left, right in
            (right.count, left.begin, left.resource, left.kind, left.consumer ?? "")
                < (left.count, right.begin, right.resource, right.kind, right.consumer ?? "")
        }
        return Array(ranked.prefix(max(0, limit)))
    }

    /// The storms among `attempts` of one caller, resource and kind, which are in order of time.
    private static func storms(in attempts: [ConflictSighting]) -> [RetryStorm] {
        let before = AnalysisThresholds.stormAttempts - 1
        var storms: [RetryStorm] = []
        // The index behind the last attempt of the storm that is growing.
        var open = 0
        for index in attempts.indices.dropFirst(before) {
            let start = index - before
            let (span, overflow) = attempts[index].time.subtractingReportingOverflow(attempts[start].time)
            guard !overflow, span <= AnalysisThresholds.stormMilliseconds else { continue }
            if start < open, let last = storms.indices.last {
                storms[last].end = attempts[index].time
                storms[last].count += index + 1 - open
            } else {
                storms.append(RetryStorm(from: attempts[start], to: attempts[index].time, count: before + 1))
            }
            open = index + 1
        }
        return storms
    }

    private init(from first: ConflictSighting, to end: Int64, count: Int) {
        consumer = first.consumer
        route = first.route
        resource = first.resource
        kind = first.kind
        begin = first.time
        self.end = end
        self.count = count
    }
}
