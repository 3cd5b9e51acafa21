import DataPlane
import HTTPSemantics
import LLMTranslation

/// Answers what needs no provider: lists of models, one model, the version.
struct ModelLists {
    private let service: ModelService

    /// Answers for a service.
    init(_ service: ModelService) { self.service = service }

    /// Answers a call.
    func answer(_ call: ServiceCall, _ request: SurfaceRequest) {
        switch request.operation {
        case .listModels(let family):
            send(family.listing.body(ofList: service.listed(for: call.consumerIndex)), to: call)
        case .showModel(.ollama):
            call.readBody(limit: 64 * 1024) { result in
                switch result {
                case .success(let body): showOllama(body, to: call)
                case .failure(let refusal): refuse(call, .ollama, ModelFailure(.tooLarge, refusal.detail))
                }
            }
        case .showModel(let family):
            show(request.model ?? "", family, to: call) { family.listing.body(of: $0) }
        case .version:
            send(OllamaDialect.body(ofVersion: "0.12.0"), to: call)
        case .unknown(let family, let what):
            refuse(call, family, Self.unknown(what))
        case .converse, .embed, .count, .prompt: break
        }
    }

    /// Nothing of the kind is offered.
    static func unknown(_ what: String) -> ModelFailure {
        ModelFailure(
            .notFound,
            "\(what) is not among what this gateway offers for models; see the documentation of the surfaces."
        )
    }

    private func showOllama(_ body: [UInt8], to call: ServiceCall) {
        let object = (try? JSONParser.parse(body))?.object
        let name: String
        do throws(MalformedRequest) {
            name = try OllamaDialect.shownModel(object ?? JSONObject())
        } catch {
            return refuse(call, .ollama, ModelFailure(.invalidRequest, error.message, field: error.field))
        }
        show(name, .ollama, to: call) { OllamaDialect.body(ofShow: $0) }
    }

    private func show(_ name: String, _ family: Vendor, to call: ServiceCall, _ body: (ListedModel) -> JSONObject) {
        if case .failure(let failure) = service.model(name, consumer: call.consumerIndex) {
            return refuse(call, family, failure)
        }
        guard let model = service.listed(for: call.consumerIndex).first(where: { $0.name == name }) else { return }
        send(body(model), to: call)
    }

    private func send(_ object: JSONObject, to call: ServiceCall) {
        call.answer(200, lines: AnswerLines.json, body: JSONWriter.bytes(.object(object)))
    }

    private func refuse(_ call: ServiceCall, _ family: Vendor, _ failure: ModelFailure) {
        let answer = family.dialect.answer(to: failure, requestID: call.requestID)
        call.answer(answer.status, lines: AnswerLines.json + AnswerLines.givenUp, body: answer.body)
    }
}
