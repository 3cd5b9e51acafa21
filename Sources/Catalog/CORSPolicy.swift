/// Lets pages of other origins call a route (WHATWG Fetch, CORS protocol).
package struct CORSPolicy: Sendable, Equatable {
    /// Origins allowed, as `scheme://host[:port]` in lower case; `*` for all.
    package var origins: [String]
    /// Whether credentials are allowed; never with `*`.
    package var credentials = false
    /// Extra request fields allowed beyond the conditional and idempotency ones.
    package var allowHeaders: [String] = []
    /// Extra answer fields exposed beyond `ETag`, `Retry-After`, `RateLimit*`, `Parley-*` and `Link`.
    package var exposeHeaders: [String] = []
    /// How long a preflight answer may be kept.
    package var maxAge: Duration = .seconds(600)

    /// Allows `origins`.
    package init(origins: [String]) { self.origins = origins }
}
