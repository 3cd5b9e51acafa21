/// What one loop has counted for one route.
struct RouteMeter: Sendable {
    /// Requests by method and status; a handful of pairs, so a list that is searched beats a dictionary.
    private(set) var requests: [(key: UInt32, count: UInt64)] = []
    /// Durations of whole exchanges.
    var durations = Histogram()
    /// Durations from sending upstream to the answer's last byte.
    var upstreamDurations = Histogram()
    /// Times writers waited for their turn.
    var waits = Histogram()
    /// Writers that wait for their turn now.
    var queued = 0
    /// Requests refused for their rate.
    var limited: UInt64 = 0
    /// Conflicts by kind, origin and resolution.
    var conflicts: [ConflictMeterKey: UInt64] = [:]

    /// Counts a request.
    mutating func count(_ method: MethodKind, _ status: Int) {
        let key = UInt32(method.rawValue) << 16 | UInt32(truncatingIfNeeded: status)
        for index in requests.indices where requests[index].key == key {
            requests[index].count &+= 1
            return
        }
        requests.append((key, 1))
    }

    /// Adds another loop's counts.
    mutating func add(_ other: RouteMeter) {
        durations.add(other.durations)
        upstreamDurations.add(other.upstreamDurations)
        waits.add(other.waits)
        limited &+= other.limited
        queued += other.queued
        conflicts.merge(other.conflicts) { $0 &+ $1 }
        for (key, count) in other.requests {
            if let index = requests.firstIndex(where: { $0.key == key }) {
                requests[index].count &+= count
            } else {
                requests.append((key, count))
            }
        }
    }
}
