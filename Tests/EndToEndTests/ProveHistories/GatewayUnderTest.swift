/// What random histories are run through: a gateway, or whatever stands in its place.
struct GatewayUnderTest: Sendable {
    /// Where clients connect to, on 127.0.0.1.
    var port: Int
    /// Loads the configuration again; does nothing where there is none.
    var reload: @Sendable () async throws -> Void = {}
}
