/// The time, and perhaps the route, that counts are wanted of.
package struct AnalyticsWindow: Sendable, Equatable {
    /// Which buckets are read: those of this span.
    package var span: RollupSpan
    /// The earliest beginning of a bucket, inclusive, in milliseconds since 1970 UTC.
    package var since: Int64
    /// The latest beginning of a bucket, exclusive, in milliseconds since 1970 UTC.
    package var until: Int64
    /// The service's name; all if `nil`.
    package var service: String?
    /// The route's name; all if `nil`.
    package var route: String?

    /// Buckets of `span` from `since` to before `until`, of all routes.
    package init(_ span: RollupSpan, since: Int64, until: Int64) {
        self.span = span
        self.since = since
        self.until = until
    }
}

extension AnalyticsWindow {
    /// `step`, or the next larger number of milliseconds that is a multiple of the span.
    ///
    /// Steps of more than some thirty thousand years are taken as one span.
    package func wholeStep(_ step: Int64) -> Int64 {
        let unit = span.rawValue
        let number = max(1, step / unit + (step % unit > 0 ? 1 : 0))
        let (whole, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow || whole > 1 << 50 ? unit : whole
    }
}
