import Catalog

/// Counts probes in a row and says when they change what is known of a target.
struct ProbeTally: Sendable {
    private var isHealthy = true
    private var streak = 0

    /// Counts one probe; the new verdict if it changed.
    mutating func count(_ isWell: Bool, _ check: HealthCheck) -> Bool? {
        guard isWell != isHealthy else {
            streak = 0
            return nil
        }
        streak += 1
        guard streak >= (isWell ? check.healthy : check.unhealthy) else { return nil }
        streak = 0
        isHealthy = isWell
        return isWell
    }
}
