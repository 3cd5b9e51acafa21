import Hummingbird

/// An API to put a gateway in front of.
protocol SampleAPI: Sendable {
    /// Adds what it answers.
    func addRoutes(to router: Router<BasicRequestContext>)
}
