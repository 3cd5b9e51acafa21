import HTTPSemantics
import LLMTranslation

/// Texts to be turned into vectors.
final class EmbeddingTask: ModelTask {
    private let client: ClientRequest
    private let family: Vendor
    private let dialect: any EmbeddingDialect.Type
    private var decoded: (request: EmbeddingRequest, losses: [Loss])?

    var model: String { client.model }

    /// A request as a client of `family` sent it.
    init(_ family: Vendor, _ client: ClientRequest) throws(MalformedRequest) {
        guard let dialect = family.embedding else { throw MalformedRequest("", "This surface has no embeddings.") }
        self.client = client
        self.family = family
        self.dialect = dialect
    }

    /// Whether there is more in it than text; only Gemini's dialect has a place for that.
    var holdsMedia: Bool {
        guard family == .gemini, let object = try? client.object() else { return false }
        let requests = object["requests"]?.array ?? [.object(object)]
        return requests.flatMap { $0["content"]?["parts"]?.array ?? [] }.contains { part in
            Self.media.contains { part[$0] != nil }
        }
    }

    private static let media = ["inlineData", "inline_data", "fileData", "file_data"]

    /// The request, read.
    private func decodedRequest() throws(MalformedRequest) -> (request: EmbeddingRequest, losses: [Loss]) {
        if let decoded { return decoded }
        var losses: [Loss] = []
        let request = try dialect.request(
            ofEmbedding: client.object(),
            model: client.modelInPath,
            losses: &losses
        )
        decoded = (request, losses)
        return (request, losses)
    }

    func request(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        let provider = target.provider
        guard let native = provider.vendor.embedding else {
            throw MalformedRequest("model", "The provider of «\(model)» makes no embeddings; ask another model.")
        }
        if provider.vendor == family { return try passedOn(to: target) }
        let path = provider.pathOfEmbeddings(model: target.model)
        var (request, losses) = try decodedRequest()
        request.model = target.model
        let object = try native.body(of: request, losses: &losses)
        return ProviderRequest(
            path: path,
            body: JSONWriter.bytes(.object(object)),
            isPassThrough: false,
            losses: losses,
            format: WireFormat.native(to: provider.vendor),
            model: target.model
        )
    }

    /// The client's own request but for the model, which Gemini's have in the path and once more in each part.
    private func passedOn(to target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        let isBatch = client.outline.member("requests", in: client.body) != nil
        let body: [UInt8]
        if family != .gemini {
            body = client.splice(naming: target.model).result
        } else if isBatch {
            body = JSONWriter.bytes(.object(try batch(naming: "models/" + target.model)))
        } else {
            body = client.splice(naming: target.model).result
        }
        let path = target.provider.pathOfEmbeddings(model: target.model, isBatch: isBatch)
        return ProviderRequest(path: path, body: body, isPassThrough: true, model: target.model)
    }

    private func batch(naming model: String) throws(MalformedRequest) -> JSONObject {
        var object = try client.object()
        guard let requests = object["requests"]?.array else {
            throw MalformedRequest("requests", "requests must be a list of requests.")
        }
        let named = requests.map { request -> JSONValue in
            guard var one = request.object else { return request }
            one.set("model", to: .string(model))
            return .object(one)
        }
        object.set("requests", to: .array(named))
        if object["model"] != nil { object.set("model", to: .string(model)) }
        return object
    }

    func answer(_ body: [UInt8], to request: ProviderRequest) throws(MalformedAnswer) -> TaskAnswer {
        guard let object = (try? JSONParser.parse(body))?.object else {
            throw MalformedAnswer("it is not a JSON object")
        }
        if request.isPassThrough {
            let format = WireFormat.native(to: family)
            if format.dialect.failure(within: object) != nil { throw MalformedAnswer("it is an error") }
            return TaskAnswer(body: body, usage: format.dialect.usage(of: UsagePlace.usage(in: object, of: format)))
        }
        guard let native = request.format?.vendor.embedding else { throw MalformedAnswer("it was not asked for") }
        let answer = try native.embeddings(of: object)
        guard let asked = try? decodedRequest().request else { throw MalformedAnswer("it was not asked for") }
        guard answer.vectors.count == asked.inputs.count else {
            throw MalformedAnswer("it has \(answer.vectors.count) vectors for \(asked.inputs.count) texts")
        }
        let face = AnswerFace(model: model, seed: client.seed, created: client.created)
        let written = dialect.body(of: answer, to: asked, as: face)
        return TaskAnswer(body: JSONWriter.bytes(.object(written)), usage: answer.usage)
    }
}
