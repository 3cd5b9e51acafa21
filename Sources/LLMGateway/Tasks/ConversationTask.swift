import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation

/// A conversation to be continued.
final class ConversationTask: ModelTask {
    let streams: Bool
    /// The form the client speaks.
    let format: WireFormat
    /// The most output it may ask for, if there is a most.
    let cap: OutputCap?
    private let client: ClientRequest
    /// Whether it says itself how long the answer may be.
    private let setsLimit: Bool
    private let guards: ContentRules?
    private lazy var tier = ServiceTier(outline, body, format)
    /// Whether it holds what the last provider looked at would refuse.
    private var foreign: (provider: ProviderPlan, model: String, isThere: Bool)?
    /// Whether parts of it are to be kept for later calls; looked for only where a budget asks.
    private var hasCacheMarks: Bool?
    /// The conversation, once it was read.
    private(set) var decoded: Result<(conversation: Conversation, losses: [Loss]), MalformedRequest>?

    var answersInWords: Bool { true }
    var model: String { client.model }
    /// The request as it came.
    var body: [UInt8] { client.body }
    /// Where its members stand.
    var outline: JSONOutline { client.outline }

    /// A conversation as a client sent it.
    ///
    /// Pieces of the answer are looked through by `guards`.
    ///
    /// - Throws: ``MalformedRequest`` if it is not clear whether it asks for a stream, or if it asks for more than `cap`.
    init(
        _ format: WireFormat,
        _ client: ClientRequest,
        cap: OutputCap? = nil,
        guards: ContentRules? = nil
    ) throws(MalformedRequest) {
        self.format = format
        self.client = client
        self.cap = cap
        self.guards = guards
        setsLimit = try cap?.isKept(by: client, format) ?? true
        if let streams = client.surface.streams {
            self.streams = streams
        } else {
            streams = try Self.streams(format, client.outline, client.body)
        }
    }

    private static func streams(
        _ format: WireFormat,
        _ outline: JSONOutline,
        _ body: [UInt8]
    ) throws(MalformedRequest) -> Bool {
        guard let value = outline.value("stream", in: body) else { return format.streamsLines }
        if case .null = value { return format.streamsLines }
        guard let streams = value.bool else { throw MalformedRequest("stream", "stream must be true or false.") }
        return streams
    }

    /// The conversation, read.
    func conversation() throws(MalformedRequest) -> (conversation: Conversation, losses: [Loss]) {
        if let decoded { return try decoded.get() }
        do throws(MalformedRequest) {
            var losses: [Loss] = []
            var object = try client.object()
            // Anthropic's clients must set a limit, unless the gateway does.
            if format == .anthropicMessages, !setsLimit { object.set("max_tokens", count: cap?.limit) }
            let conversation = try format.dialect.conversation(
                of: object,
                model: client.modelInPath,
                streams: streams,
                losses: &losses
            )
            decoded = .success((conversation, losses))
        } catch {
            decoded = .failure(error)
        }
        return try decoded?.get() ?? (Conversation(model: model), [])
    }

    // MARK: Requests

    func request(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        isPassedOn(to: target) ? try passedOn(to: target) : try translated(for: target)
    }

    /// Whether the request goes to a target as it is but for the model's name and what others have signed.
    func isPassedOn(to target: ModelTargetPlan) -> Bool {
        target.provider.takes(format) && (HistoryCut.suits(format) || !holdsForeign(to: target))
    }

    /// Whether a target's provider would refuse what another vendor has signed in it.
    private func holdsForeign(to target: ModelTargetPlan) -> Bool {
        if let known = foreign, known.provider === target.provider, known.model == target.model { return known.isThere }
        let isThere = ForeignHistory.isIn(body, format, for: target)
        foreign = (target.provider, target.model, isThere)
        return isThere
    }

    /// How fast a target is asked to serve it: no translation carries that.
    func tier(for target: ModelTargetPlan) -> ServiceTier { isPassedOn(to: target) ? tier : .ordinary }

    /// Whether a target is asked to keep parts of it for later calls, which Anthropic takes more for.
    func asksToKeep(at target: ModelTargetPlan) -> Bool {
        guard target.provider.vendor == .anthropic else { return false }
        let isMarked = hasCacheMarks ?? mayName("cache_control")
        hasCacheMarks = isMarked
        return isMarked
    }

    private func passedOn(to target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        var splice = client.splice(naming: target.model)
        var losses: [Loss] = []
        if holdsForeign(to: target) {
            var cut = HistoryCut(format, for: target)
            try cut.make(in: &splice, of: client)
            losses = cut.losses
        }
        let asksForUsage = streams && (format == .openAIChat || format == .openAICompletions)
        let hidesUsage = asksForUsage && addUsage(to: &splice)
        if let cap, !setsLimit { cap.set(in: &splice, of: client, format, for: target) }
        return ProviderRequest(
            path: target.provider.path(
                of: format,
                model: target.model,
                streams: streams,
                query: client.surface.query,
                isStable: client.surface.isStable
            ),
            body: splice.result,
            isPassThrough: true,
            losses: losses,
            format: format,
            hidesUsage: hidesUsage,
            model: target.model,
            tier: tier,
            asksToKeep: target.provider.vendor == .anthropic && hasCacheMarks == true
        )
    }

    /// Asks for the counts at the end of the stream, where the client did not; true if the client must not see them.
    private func addUsage(to splice: inout RequestSplice) -> Bool {
        var options = outline.value("stream_options", in: body)?.object ?? JSONObject()
        guard options["include_usage"]?.bool != true else { return false }
        options.set("include_usage", to: .bool(true))
        splice.set("stream_options", to: .object(options))
        return true
    }

    private func translated(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        var (conversation, losses) = try conversation()
        conversation.streams = streams
        if let cap, !setsLimit { conversation.sampling.maximumOutput = cap.limit(for: target) }
        let spelling = format.dialect.spelling
        var request = try ProviderRequest(translating: conversation, for: target, losses: losses, spelling)
        request.asksToKeep = target.provider.vendor == .anthropic && hasCacheMarks == true
        if request.format == format {
            // Only written anew for what another vendor has signed: it is the client's own call all the same.
            request.path = target.provider.path(
                of: format,
                model: target.model,
                streams: streams,
                query: client.surface.query
            )
        }
        return request
    }

    // MARK: Answers

    func answer(_ body: [UInt8], to request: ProviderRequest) throws(MalformedAnswer) -> TaskAnswer {
        if request.isPassThrough {
            let usage = try UsagePlace.usage(inAnswer: body, of: format)
            return TaskAnswer(body: body, usage: format.dialect.usage(of: usage))
        }
        guard let object = (try? JSONParser.parse(answer: body))?.object else {
            throw MalformedAnswer("it is not a JSON object")
        }
        let dialect = (request.format ?? format).dialect
        let completion = request.shape.completion(try dialect.completion(of: object))
        let answer = format.dialect.body(of: completion, as: fullFace)
        return TaskAnswer(
            body: JSONWriter.bytes(.object(answer)),
            usage: completion.usage,
            losses: completion.losses(for: format.vendor)
        )
    }

    func relay(for request: ProviderRequest) -> StreamRelay? {
        let native = request.format ?? format
        if request.isPassThrough, guards == nil {
            return PassThroughRelay(
                format,
                hidesUsage: request.hidesUsage,
                inEvents: client.surface.wantsEvents || format != .gemini,
                // In either spelling.
                hasCandidates: format == .gemini && mayName("andidate"),
                face
            )
        }
        let writer: any AnswerStreamWriter =
            format == .gemini
            ? GeminiStreamWriter(
                as: face,
                isArray: !client.surface.wantsEvents,
                isNative: request.isPassThrough
            )
            : format.dialect.makeWriter(as: fullFace)
        return TranslatingRelay(
            reader: request.shape.reader(native.dialect.makeReader()),
            writer: writer,
            guards: guards
        )
    }

    /// Whether the body has this name in it, or an escape that may stand for one of its letters or its underscore.
    private func mayName(_ name: StaticString) -> Bool {
        [name, "\\u005", "\\u006", "\\u007"].contains { ByteSearch.find($0, in: body[...]) != nil }
    }

    /// The face of an answer that is not passed on, with what it must repeat of the request.
    private var fullFace: AnswerFace {
        guard format == .openAIResponses else { return face }
        var face = face
        for name in OpenAIResponsesDialect.repeated {
            if let value = outline.value(name, in: body) { face.asked.set(name.description, to: value) }
        }
        return face
    }

    private var face: AnswerFace {
        let wantsUsage: Bool
        if format == .openAIChat || format == .openAICompletions {
            wantsUsage = outline.value("stream_options", in: body)?["include_usage"]?.bool == true
        } else {
            wantsUsage = true
        }
        return AnswerFace(model: model, seed: client.seed, created: client.created, wantsStreamUsage: wantsUsage)
    }
}
