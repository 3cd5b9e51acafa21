package import Hummingbird

/// Begins a console: a router behind the guard, to which the API and the pages add their routes.
package enum ConsoleRouter {
    /// The context of the console's requests.
    package typealias Context = BasicRequestContext

    /// A router without routes that asks for `token`, if there is one.
    ///
    /// HEAD is answered wherever GET is.
    package static func guarded(by token: String?) -> Router<Context> {
        let router = Router(context: Context.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ConsoleGuard(token: token))
        return router
    }
}
