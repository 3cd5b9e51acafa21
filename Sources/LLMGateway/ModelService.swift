import Catalog
import ContentGuarding
import DataPlane
import HTTPSemantics
import LLMTranslation

/// Answers on the paths of the vendors' APIs.
final class ModelService: ServiceHandler {
    /// How the service is configured.
    let options: ModelServiceOptions
    /// The models and providers.
    let catalog: ModelCatalog
    /// What all calls share.
    let shared: ModelShared
    /// What is looked for in texts; `nil` is nothing.
    let guards: ContentRules?
    /// Answers for equal calls; `nil` keeps none.
    let cache: AnswerCache?
    /// Prompts that are APIs of their own, by the names of their routes.
    let prompts: [String: PromptPlan]
    /// Names of models that this service offers; `nil` is all.
    private let offered: Set<String>?

    /// A service of a catalog's models.
    /// - Throws: ``CompileFault`` where a guard or a prompt cannot be used.
    init(_ source: Service, _ options: ModelServiceOptions, _ catalog: ModelCatalog, _ shared: ModelShared)
        throws(CompileFault)
    {
        self.options = options
        self.catalog = catalog
        self.shared = shared
        cache = options.cache.map { AnswerCache($0) }
        do throws(ContentRuleFault) {
            guards = options.guards.isEmpty ? nil : try ContentRules(compiling: options.guards)
        } catch {
            throw CompileFault("service \(source.name): \(error.summary)")
        }
        prompts = try PromptPlan.plans(of: source)
        offered = options.models.map { Set($0.map(\.text)) }
    }

    func begin(_ call: ServiceCall) {
        if let prompt = prompts[call.route] { return prompt.begin(call, of: self) }
        let request = request(call.path, call.method, call.query, call.field)
        switch request.operation {
        case .converse, .embed, .count:
            ModelCall(call, request, of: self).begin()
        default:
            ModelLists(self).answer(call, request)
        }
    }

    /// What the path, behind the service's prefix, and the head of a call say.
    func request(
        _ path: [UInt8],
        _ method: String,
        _ query: [UInt8]?,
        _ field: (String) -> String?
    ) -> SurfaceRequest {
        SurfaceRequest(
            path: String(decoding: path.dropFirst(options.prefix.utf8.count), as: UTF8.self),
            method: method,
            query: query.map { String(decoding: $0, as: UTF8.self) },
            field: field
        )
    }

    /// The model of that name, if a consumer may call it; prompts may use models that are not offered otherwise.
    func model(
        _ name: String,
        consumer: Int,
        within operation: SurfaceOperation? = nil
    ) -> Result<ModelPlan, ModelFailure> {
        guard let model = catalog.models[name], operation == .prompt || offered?.contains(name) != false else {
            let text = "There is no model «\(name.prefix(128))» here; GET \(list(operation)) lists those there are."
            return .failure(ModelFailure(.notFound, text, field: "model", code: "model_not_found"))
        }
        guard catalog.mayCall(name, consumer: consumer) else {
            let text = "This consumer may not call the model «\(name)»; GET \(list(operation)) lists those it may."
            return .failure(ModelFailure(.permission, text, field: "model", code: "model_not_allowed"))
        }
        return .success(model)
    }

    /// Where clients of an operation's family find the models there are.
    private func list(_ operation: SurfaceOperation?) -> String {
        let path =
            switch operation?.family {
            case .gemini: "/v1beta/models"
            case .ollama: "/api/tags"
            case .openai, .anthropic, .mistral, nil: "/v1/models"
            }
        return options.prefix + path
    }

    /// The models that a consumer may call, as lists show them.
    func listed(for consumer: Int) -> [ListedModel] {
        catalog.names.compactMap { name in
            guard case .success(let model) = model(name, consumer: consumer) else { return nil }
            let owner = model.targets.first?.provider.name ?? "parley"
            return ListedModel(
                name: name,
                created: Self.epoch,
                owner: owner,
                context: model.limits.context ?? model.targets.compactMap(\.limits.context).min(),
                output: model.limits.output ?? model.targets.compactMap(\.limits.output).min()
            )
        }
    }

    /// Stands in for a date of publication, which nobody knows (2024-01-01).
    private static let epoch = 1_704_067_200

    func restated(_ refusal: ServiceRefusal) -> ServiceRefusal.Answer? {
        if prompts[refusal.route] != nil { return nil }
        let path = refusal.path.dropFirst(options.prefix.count)
        let request = SurfaceRequest(path: String(path), method: refusal.method, query: nil, field: refusal.field)
        let family = request.operation.family
        let failure = ModelFailure(ModelFailure.kind(of: refusal.status), refusal.detail, code: refusal.kind)
        let answer = family.dialect.answer(to: failure, requestID: refusal.requestID)
        // No vendor has a kind of its own for 405, and Allow belongs to no other status.
        let status = refusal.status == 405 ? 405 : answer.status
        let body = RestatedError.body(answer.body, failure, status: status, in: family)
        return ServiceRefusal.Answer(status: status, lines: AnswerLines.json, body: body)
    }
}
