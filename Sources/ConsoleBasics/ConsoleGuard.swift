import HTTPTypes
package import Hummingbird
import Logging
import StoragePorts

/// Decides who may speak to the console, and makes every answer fit for a browser.
///
/// Without a token only this machine's own names are answered, so that no web page can reach the console under another
/// name (421). With one, everything but `/healthz` needs it as a bearer token (401). Errors become problem documents.
package struct ConsoleGuard<Context: RequestContext>: RouterMiddleware {
    private let token: [UInt8]?

    /// A guard that asks for `token`, if there is one.
    package init(token: String?) {
        self.token = token.map { Array($0.utf8) }
    }

    /// Answers what is behind the guard, or why the caller may not ask.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            try admit(request)
            response = try await next(request, context)
        } catch {
            response = problem(of: error, for: request, in: context).response(for: request.uri.path)
        }
        for field in Self.protections where response.headers[field.name] == nil {
            response.headers[field.name] = field.value
        }
        return response
    }

    private func admit(_ request: Request) throws(ConsoleProblem) {
        if let token {
            guard request.uri.path != "/healthz" else { return }
            try demand(token, of: request)
        } else {
            try demandLocalHost(of: request)
        }
        // Pages of other origins cannot send DELETE: nothing here answers their preflight.
        let isOfLock = request.uri.path.hasPrefix("/api/v1/locks/")
        let takes: [HTTPRequest.Method] = isOfLock ? [.delete] : [.get, .head]
        guard takes.contains(request.method) else {
            var problem = ConsoleProblem(
                .methodNotAllowed,
                kind: "method-not-allowed",
                title: "Method not allowed",
                detail: isOfLock
                    ? "A lock can only be ended here, with DELETE; GET /api/v1/locks lists all."
                    : "This can only be read: use GET or HEAD."
            )
            problem.headers[.allow] = takes.map(\.rawValue).joined(separator: ", ")
            throw problem
        }
    }

    private func demandLocalHost(of request: Request) throws(ConsoleProblem) {
        guard LocalName.isLocal(request.head.authority) else {
            throw ConsoleProblem(
                .misdirectedRequest,
                kind: "misdirected",
                title: "Misdirected request",
                detail: "Without a token the console answers only to localhost, 127.0.0.1 and [::1]. "
                    + "Use one of these names, or start the server with PARLEY_CONSOLE_TOKEN set."
            )
        }
    }

    private func demand(_ token: [UInt8], of request: Request) throws(ConsoleProblem) {
        let credentials = request.headers[values: .authorization]
        if credentials.count == 1, let sent = BearerToken.sent(in: credentials[0]), BearerToken.agree(sent, token) {
            return
        }
        var problem = ConsoleProblem(
            .unauthorized,
            kind: "unauthenticated",
            title: "A token is needed",
            detail: "Send the value of PARLEY_CONSOLE_TOKEN as `Authorization: Bearer TOKEN`."
        )
        problem.headers[.wwwAuthenticate] = "Bearer realm=\"parley-console\""
        throw problem
    }

    private func problem(of error: any Error, for request: Request, in context: Context) -> ConsoleProblem {
        if let problem = error as? ConsoleProblem { return problem }
        if let error = error as? StoreError { return .unavailable(error) }
        if let error = error as? HTTPError, error.status == .notFound {
            return .notFound("There is nothing at \(request.uri.path).")
        }
        if let error = error as? any HTTPResponseError, error.status.kind == .clientError {
            return ConsoleProblem(
                error.status,
                kind: "bad-request",
                title: "Bad request",
                detail: error.status.reasonPhrase
            )
        }
        context.logger.error("console request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
        return ConsoleProblem(
            .internalServerError,
            kind: "internal",
            title: "Internal error",
            detail: "The console could not answer; the server's log says why."
        )
    }

    /// Fields that keep a browser from doing more than showing the page.
    private static var protections: [HTTPField] {
        [
            HTTPField(
                name: .contentSecurityPolicy,
                value: "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'"
            ),
            HTTPField(name: .xContentTypeOptions, value: "nosniff"),
            HTTPField(name: .cacheControl, value: "no-store"),
        ] + named.compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
    }

    private static var named: [(String, String)] {
        [
            ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ]
    }
}
