/// What a table says about a host, a path and a method.
package enum RouteMatch: Sendable, Equatable {
    /// The route with this number takes the request; `captures` are byte ranges of the path.
    case route(index: Int, captures: PathCaptures)
    /// No pattern takes the path on this host.
    case notFound
    /// Patterns take the path, none with this method; `allowed` is sorted and holds what `Allow` must name.
    case methodNotAllowed(allowed: [String])
}
