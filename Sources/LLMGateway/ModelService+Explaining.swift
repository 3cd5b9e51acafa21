import Catalog
import DataPlane
import LLMTranslation

extension ModelService {
    /// What would become of a call, as far as its head decides it.
    func explain(_ call: ExplainedCall) -> RequestExplanation {
        if let prompt = prompts[call.route] { return explain(prompt, call) }
        let request = request(call.path, call.method, call.query, call.field)
        switch request.operation {
        case .converse, .embed, .count, .prompt: return explain(request, by: call.consumerIndex)
        case .listModels: return .answered("the list of the models that the caller may use")
        case .showModel(.ollama): return .answered("what is known of the model that the body names")
        case .showModel(let family):
            switch model(request.model ?? "", consumer: call.consumerIndex) {
            case .success(let model): return .answered("what is known of the model \(model.name)")
            case .failure(let failure): return .refused(failure, family)
            }
        case .version: return .answered("a version of Ollama's")
        case .unknown(let family, let what): return .refused(ModelLists.unknown(what), family)
        }
    }

    private func explain(_ prompt: PromptPlan, _ call: ExplainedCall) -> RequestExplanation {
        guard prompt.isAsked(by: call.route) else { return .answered("the description of the prompt's API") }
        let name = prompt.policy.model.text
        switch model(name, consumer: call.consumerIndex, within: .prompt) {
        case .success(let model): return explanation(of: model)
        case .failure(let failure):
            let problem = PromptProblem(failure)
            var explanation = RequestExplanation()
            explanation.note("model", name)
            explanation.outcome = .refused(status: problem.status, kind: problem.kind, detail: failure.message)
            return explanation
        }
    }

    /// A call of the model that the path names, or else the body, of which nothing is known here.
    private func explain(_ request: SurfaceRequest, by consumer: Int) -> RequestExplanation {
        if let name = request.model {
            switch model(name, consumer: consumer, within: request.operation) {
            case .success(let model): return explanation(of: model)
            case .failure(let failure): return .refused(failure, request.operation.family)
            }
        }
        let models = catalog.names.compactMap { try? model($0, consumer: consumer, within: request.operation).get() }
        guard !models.isEmpty else {
            let text = "This consumer may call no model of this service."
            return .refused(
                ModelFailure(.permission, text, field: "model", code: "model_not_allowed"),
                request.operation.family
            )
        }
        var explanation = RequestExplanation()
        explanation.note("model", "what the body names of: \(models.map(\.name).joined(separator: ", "))")
        var providers: [ProviderPlan] = []
        for target in models.flatMap({ CandidateOrder.models(from: $0, in: catalog) }).flatMap(\.targets)
        where !providers.contains(where: { $0 === target.provider }) {
            providers.append(target.provider)
        }
        for provider in providers { explanation.note("target", "\(provider.target.url)  (\(provider.name))") }
        return explanation
    }

    /// A call of a known model: its targets, and those of the models that stand in for it.
    private func explanation(of model: ModelPlan) -> RequestExplanation {
        var explanation = RequestExplanation()
        explanation.note("model", model.name)
        for stand in CandidateOrder.models(from: model, in: catalog) {
            let reason = stand === model ? "" : ", if \(model.name) fails"
            for target in stand.targets {
                let provider = target.provider
                explanation.note(
                    "target",
                    "\(provider.target.url)  (\(provider.name), model \(target.model)\(reason))"
                )
            }
        }
        return explanation
    }
}

extension RequestExplanation {
    /// The gateway answers itself.
    fileprivate static func answered(_ what: String) -> Self {
        var explanation = Self()
        explanation.outcome = .answered(status: 200, what: what)
        return explanation
    }

    /// The gateway refuses, in the form that a vendor's clients understand.
    fileprivate static func refused(_ failure: ModelFailure, _ family: Vendor) -> Self {
        var explanation = Self()
        let answer = family.dialect.answer(to: failure, requestID: "")
        let kind = failure.code ?? failure.kind.rawValue
        explanation.outcome = .refused(status: answer.status, kind: kind, detail: failure.message)
        return explanation
    }
}
