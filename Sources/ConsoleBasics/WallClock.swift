/// Reads the calendar's clock: milliseconds since 1970 UTC.
package typealias WallClock = @Sendable () -> Int64
