import Catalog
import DataPlane
import HTTPSemantics
import JSONSchemaChecking
import LLMTranslation

/// A prompt that is an API of its own, compiled.
struct PromptPlan: Sendable {
    /// The name of its route.
    let name: String
    /// What is asked, and of which model.
    let policy: PromptPolicy
    /// The form of the answer; `nil` is text.
    let form: Form?
    /// The routes it stands on: its own, and that of its description.
    let routes: [Route]
    /// Its description (OpenAPI 3.1), as JSON.
    let description: [UInt8]

    /// The form of an answer in JSON.
    struct Form: Sendable {
        /// What the model is told.
        let schema: JSONValue
        /// What its answer is checked with.
        let check: JSONSchema
    }

    /// The last segment of the path of a description.
    private static let descriptionPath = "/openapi.json"

    /// The prompts of a service, by the names of their routes.
    static func plans(of service: Service) throws(CompileFault) -> [String: PromptPlan] {
        var plans: [String: PromptPlan] = [:]
        for route in service.routes {
            guard let policy = route.policies.prompt else { continue }
            let plan = try PromptPlan(route, policy, of: service)
            for name in plan.routes.map(\.name.text) { plans[name] = plan }
        }
        return plans
    }

    private init(_ route: Route, _ policy: PromptPolicy, of service: Service) throws(CompileFault) {
        name = route.name.text
        self.policy = policy
        form = try Self.form(of: policy, place: "service \(service.name), route \(route.name)")
        var own = route
        own.methods = route.methods ?? ["POST"]
        own.bodyLimit = route.bodyLimit ?? service.llm?.bodyLimit
        routes = [own] + Self.routeOfDescription(route)
        description = PromptDescription(route, policy, schema: form?.schema).bytes
    }

    private static func form(of policy: PromptPolicy, place: String) throws(CompileFault) -> Form? {
        guard case .schema(let text) = policy.output else { return nil }
        guard let schema = try? JSONParser.parse(Array(text.utf8)) else {
            throw CompileFault("\(place): the schema of the prompt's output is no JSON")
        }
        do throws(JSONSchemaFault) {
            return Form(schema: schema, check: try JSONSchema(schema))
        } catch {
            throw CompileFault("\(place): the schema of the prompt's output: \(error.summary)")
        }
    }

    /// Nothing where the path has no room for it.
    private static func routeOfDescription(_ route: Route) -> [Route] {
        guard let name = RouteName(route.name.text + ".openapi"),
            let path = try? PathPattern(parsing: route.path.source + descriptionPath)
        else { return [] }
        var description = Route(name: name, path: path, methods: ["GET", "HEAD"])
        description.hosts = route.hosts
        description.policies = route.policies
        return [description]
    }

    /// Whether a route of its own is the prompt's, not that of its description.
    func isAsked(by route: String) -> Bool { route == name }

    /// Begins to answer a call on one of its routes.
    func begin(_ call: ServiceCall, of service: ModelService) {
        guard isAsked(by: call.route) else {
            return call.answer(200, lines: AnswerLines.json, body: description)
        }
        ModelCall(call, SurfaceRequest(.prompt), of: service).begin()
    }
}
