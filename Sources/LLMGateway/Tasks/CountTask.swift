import HTTPSemantics
import LLMTranslation

/// The tokens of a conversation, to be counted before it is sent.
final class CountTask: ModelTask {
    private let client: ClientRequest
    private let family: Vendor
    private let dialect: any CountingDialect.Type

    var model: String { client.model }

    /// A request as a client of `family` sent it.
    init(_ family: Vendor, _ client: ClientRequest) throws(MalformedRequest) {
        guard let dialect = family.counting else { throw MalformedRequest("", "This surface does not count tokens.") }
        self.client = client
        self.family = family
        self.dialect = dialect
    }

    /// How the provider of a target counts; `nil` where it does not.
    private func counting(_ provider: ProviderPlan) -> (any CountingDialect.Type)? {
        provider.isVendorItself || provider.vendor != .openai ? provider.vendor.counting : nil
    }

    func request(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        guard let native = counting(target.provider) else {
            throw MalformedRequest("model", "The provider of this model does not count tokens.")
        }
        let path = target.provider.pathOfCount(model: target.model)
        let isForeign = ForeignHistory.isIn(client.body, format, for: target)
        if target.provider.vendor == family, !isForeign || HistoryCut.suits(format) {
            var losses: [Loss] = []
            let body = try passedOn(to: target, isForeign: isForeign, losses: &losses)
            return ProviderRequest(path: path, body: body, isPassThrough: true, losses: losses, model: target.model)
        }
        var (conversation, losses) = try conversation()
        conversation.model = target.model
        let profile = ProviderProfile(isVendorItself: target.provider.isVendorItself)
        // Its name and description are tokens, too.
        var more: [Loss] = []
        _ = AnswerShape(of: &conversation, for: target.provider.vendor, profile, losses: &more)
        let object = try native.countBody(of: conversation, losses: &more)
        return ProviderRequest(
            path: path,
            body: JSONWriter.bytes(.object(object)),
            isPassThrough: false,
            losses: losses + more.map(format.dialect.spelling.spelled),
            format: WireFormat.native(to: target.provider.vendor),
            model: target.model
        )
    }

    /// The client's own request but for what others have signed and the model, which Gemini's clients may name once more within.
    private func passedOn(
        to target: ModelTargetPlan,
        isForeign: Bool,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> [UInt8] {
        let model = target.model
        var splice = client.splice(naming: model)
        if isForeign {
            var cut = HistoryCut(format, for: target)
            try cut.make(in: &splice, of: client)
            losses = cut.losses
        }
        let name: StaticString = "generateContentRequest"
        if family == .gemini, var inner = client.outline.value(name, in: client.body)?.object, inner["model"] != nil {
            inner.set("model", to: .string("models/" + model))
            splice.set(name, to: .object(inner))
        }
        return splice.result
    }

    /// The form that requests of this family's counting are in.
    private var format: WireFormat { family == .openai ? .openAIResponses : .native(to: family) }

    private func conversation() throws(MalformedRequest) -> (Conversation, [Loss]) {
        var losses: [Loss] = []
        let conversation = try dialect.conversation(
            ofCount: client.object(),
            model: client.modelInPath,
            losses: &losses
        )
        return (conversation, losses)
    }

    /// Four bytes of the request are one token, where the provider does not count.
    func estimate(for target: ModelTargetPlan) throws(MalformedRequest) -> [UInt8]? {
        guard counting(target.provider) == nil else { return nil }
        _ = try conversation()
        return JSONWriter.bytes(.object(dialect.body(ofCount: max(1, client.body.count / 4))))
    }

    func answer(_ body: [UInt8], to request: ProviderRequest) throws(MalformedAnswer) -> TaskAnswer {
        guard let object = (try? JSONParser.parse(body))?.object else {
            throw MalformedAnswer("it is not a JSON object")
        }
        if request.isPassThrough {
            if format.dialect.failure(within: object) != nil { throw MalformedAnswer("it is an error") }
            return TaskAnswer(body: body)
        }
        guard let native = request.format?.vendor.counting else { throw MalformedAnswer("it was not asked for") }
        let count = try native.count(of: object)
        return TaskAnswer(body: JSONWriter.bytes(.object(dialect.body(ofCount: count))))
    }
}
