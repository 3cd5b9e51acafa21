import ConsoleBasics
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StoragePorts
import Testing

struct ConsoleGuardTests {
    /// A console that says which host a request named in `X-Test-Host`.
    private struct HostFromTest: RouterMiddleware {
        typealias Context = ConsoleRouter.Context

        func handle(
            _ request: Request,
            context: Context,
            next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            var head = request.head
            if let name = HTTPField.Name("X-Test-Host"), let host = request.headers[name] { head.authority = host }
            return try await next(Request(head: head, body: request.body), context)
        }
    }

    private func console(token: String?) -> some ApplicationProtocol {
        let router = Router(context: ConsoleRouter.Context.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: HostFromTest())
        router.add(middleware: ConsoleGuard(token: token))
        for path in ["/", "/healthz", "/metrics"] as [RouterPath] { router.get(path) { _, _ in "fine" } }
        router.get("/broken") { _, _ -> String in throw StoreError(.diskFull, "No space is left.") }
        router.get("/bug") { _, _ -> String in throw Bug() }
        return Application(router: router)
    }

    private struct Bug: Error {}

    private func ask(
        _ path: String,
        _ fields: HTTPFields = [:],
        method: HTTPRequest.Method = .get,
        token: String? = nil
    ) async throws -> TestResponse {
        try await console(token: token).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: fields)
        }
    }

    private func host(_ name: String) throws -> HTTPFields {
        HTTPFields([HTTPField(name: try #require(HTTPField.Name("X-Test-Host")), value: name)])
    }

    @Test(arguments: ["/", "/healthz", "/metrics", "/unknown"])
    func `without a token other hosts are misdirected`(path: String) async throws {
        let answer = try await ask(path, host("attacker.example"))
        #expect(answer.status.code == 421)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(String(buffer: answer.body).contains("PARLEY_CONSOLE_TOKEN"))
        #expect(try await ask("/", host("127.0.0.1:8081")).status == .ok)
    }

    @Test func `with a token everything but liveness needs it, under any name`() async throws {
        var fields = try host("console.example")
        #expect(try await ask("/healthz", fields, token: "s3cret").status == .ok)
        for path in ["/", "/metrics", "/unknown", "/healthz/"] {
            let refusal = try await ask(path, fields, token: "s3cret")
            #expect(refusal.status == .unauthorized)
            #expect(refusal.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            #expect(!String(buffer: refusal.body).contains("s3cret"))
        }
        fields[.authorization] = "Bearer wrong"
        #expect(try await ask("/", fields, token: "s3cret").status == .unauthorized)
        fields[.authorization] = "Bearer s3cret"
        #expect(try await ask("/", fields, token: "s3cret").status == .ok)
        #expect(try await ask("/unknown", fields, token: "s3cret").status == .notFound)
    }

    @Test func `two authorization fields are as bad as none`() async throws {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .authorization, value: "Bearer s3cret"))
        fields.append(HTTPField(name: .authorization, value: "Bearer other"))
        #expect(try await ask("/", fields, token: "s3cret").status == .unauthorized)
    }

    @Test func `only reading is allowed`() async throws {
        let answer = try await ask("/", method: .post)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
        let head = try await ask("/", method: .head)
        #expect(head.status == .ok)
        #expect(head.body.readableBytes == 0)
    }

    @Test(arguments: ["/", "/unknown", "/broken"])
    func `every answer keeps browsers on a short leash`(path: String) async throws {
        let answer = try await ask(path)
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test func `faults become problem documents that tell no secrets`() async throws {
        let store = try await ask("/broken")
        #expect(store.status == .serviceUnavailable)
        #expect(String(buffer: store.body).contains("No space is left."))
        let bug = try await ask("/bug")
        #expect(bug.status == .internalServerError)
        #expect(bug.headers[.contentType] == "application/problem+json")
        #expect(!String(buffer: bug.body).contains("Bug"))
        let missing = try await ask("/unknown")
        #expect(missing.status == .notFound)
        #expect(missing.headers[.contentType] == "application/problem+json")
    }

    @Test func `the Host field of a real connection is what counts`() async throws {
        try await console(token: nil).test(.live) { client in
            let port = try #require(client.port)
            try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                let refused = try await client.execute(
                    .init("/", method: .get, authority: "attacker.example", headers: [:])
                )
                #expect(refused.status.code == 421)
                let answered = try await client.execute(
                    .init("/", method: .get, authority: "localhost:\(port)", headers: [:])
                )
                #expect(answered.status == .ok)
            }
        }
    }
}
