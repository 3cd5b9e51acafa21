/// Requests of one method to the paths of a pattern, as `POST /users` in a configuration.
package struct RequestPattern: Sendable, Equatable {
    /// The method.
    package var method: String
    /// The paths.
    package var path: PathPattern

    /// Requests of a method to the paths of a pattern.
    package init(method: String, path: PathPattern) {
        self.method = method
        self.path = path
    }
}
