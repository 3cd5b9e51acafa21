import Catalog
import HTTPSemantics
import LLMTranslation

/// A request as a provider gets it.
struct ProviderRequest {
    /// Path and query, the provider's prefix included.
    var path: [UInt8]
    /// JSON.
    var body: [UInt8]
    /// Whether the body is the client's own but for the model's name.
    var isPassThrough: Bool
    /// What of the client's request is not in it.
    var losses: [Loss] = []
    /// The form it is in, if it is a conversation.
    var format: WireFormat?
    /// Whether the provider was asked for counts that the client did not ask for.
    var hidesUsage = false
    /// The model's name with the provider.
    var model: String
    /// How fast it asks to be served.
    var tier = ServiceTier.ordinary
    /// Whether the provider may be asked to keep parts of it, for which it takes more; known under a budget.
    var asksToKeep = false
    /// What is made of the answer here, where the vendor cannot be asked for it.
    var shape = AnswerShape()
}

extension ProviderRequest {
    /// A conversation in the dialect of a target's provider; `losses` are those of its reading, and `spelling` is the
    /// client's.
    /// - Throws: ``MalformedRequest`` where the provider cannot be told.
    init(
        translating conversation: Conversation,
        for target: ModelTargetPlan,
        losses: [Loss] = [],
        _ spelling: FieldSpelling = FieldSpelling()
    ) throws(MalformedRequest) {
        var conversation = conversation
        conversation.model = target.model
        let native = WireFormat.native(to: target.provider.vendor)
        let profile = ProviderProfile(
            isVendorItself: target.provider.isVendorItself,
            maximumOutput: target.limits.output
        )
        var more: [Loss] = []
        let shape = AnswerShape(of: &conversation, for: target.provider.vendor, profile, losses: &more)
        let object: JSONObject
        do throws(MalformedRequest) {
            object = try native.dialect.body(of: conversation, for: profile, losses: &more)
        } catch {
            throw spelling.spelled(error)
        }
        self.init(
            path: target.provider.path(of: native, model: target.model, streams: conversation.streams),
            body: JSONWriter.bytes(.object(object)),
            isPassThrough: false,
            losses: losses + more.map(spelling.spelled),
            format: native,
            model: target.model,
            shape: shape
        )
    }
}
