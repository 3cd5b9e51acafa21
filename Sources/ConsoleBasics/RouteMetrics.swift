/// The counters of one route.
package struct RouteMetrics: Sendable, Equatable {
    /// How many exchanges had one method and one status.
    package struct RequestCount: Sendable, Equatable {
        /// The method; whoever counts must bound the set, with one word for methods it does not know.
        package var method: String
        /// The status sent to the client.
        package var status: Int
        /// How many.
        package var count: UInt64

        /// A method, a status and their number.
        package init(method: String, status: Int, count: UInt64) {
            self.method = method
            self.status = status
            self.count = count
        }
    }

    /// The service's name.
    package var service: String
    /// The route's name.
    package var route: String
    /// Exchanges by method and status.
    package var requests: [RequestCount]
    /// From the first byte of the request to the last of the answer.
    package var requestDuration: Histogram
    /// From the first byte sent upstream to the last of its answer.
    package var upstreamDuration: Histogram
    /// How long writes waited for their turn.
    package var writeWait: Histogram
    /// Writes that wait for their turn now.
    package var writeQueue: Int
    /// Requests refused by the rate limit.
    package var rateLimited: UInt64

    /// Counters of a route that are all at nothing, with histograms of the given bounds in seconds.
    package init(service: String, route: String, bounds: [Double]) {
        self.service = service
        self.route = route
        requests = []
        requestDuration = Histogram(bounds: bounds)
        upstreamDuration = Histogram(bounds: bounds)
        writeWait = Histogram(bounds: bounds)
        writeQueue = 0
        rateLimited = 0
    }
}
