import HTTPSemantics
import NIOCore

#if canImport(Glibc)
import Glibc
#endif
#if canImport(SwiftOverlayShims)
// Which of the two modules the compiler takes for the home of `timespec` depends on what it has loaded before.
import SwiftOverlayShims
#endif

/// Readings of the two clocks: one that only runs forward, and the calendar's.
package enum WallClock {
    /// Nanoseconds on the clock that only runs forward.
    @inline(__always)
    package static func monotonic() -> UInt64 { NIODeadline.now().uptimeNanoseconds }

    /// Milliseconds since 1970.
    package static func milliseconds() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
