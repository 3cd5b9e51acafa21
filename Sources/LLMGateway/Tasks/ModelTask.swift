import LLMTranslation

/// What a client wants of a model, in the client's dialect; knows how to ask any provider for it and how to say the answer.
protocol ModelTask: AnyObject {
    /// The model's name as asked for.
    var model: String { get }
    /// Whether the answer should come in pieces.
    var streams: Bool { get }

    /// Whether answers hold words of the model's, which guards look at.
    var answersInWords: Bool { get }

    /// The request for a target.
    /// - Throws: ``MalformedRequest`` where the client's request is at fault, or cannot be said in the provider's dialect.
    func request(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest

    /// A provider's whole answer to `request`, as the client gets it.
    func answer(_ body: [UInt8], to request: ProviderRequest) throws(MalformedAnswer) -> TaskAnswer

    /// Passes on an answer to `request` that comes in pieces; asked only of tasks that stream.
    func relay(for request: ProviderRequest) -> StreamRelay?

    /// The answer to a client whose target's provider cannot be asked, where an estimate will do; else `nil`.
    func estimate(for target: ModelTargetPlan) throws(MalformedRequest) -> [UInt8]?
}

extension ModelTask {
    /// Vectors and counts are no words.
    var answersInWords: Bool { false }
    /// Only conversations stream.
    var streams: Bool { false }
    /// Only conversations stream.
    func relay(for request: ProviderRequest) -> StreamRelay? { nil }
    /// Nearly nothing can be estimated.
    func estimate(for target: ModelTargetPlan) throws(MalformedRequest) -> [UInt8]? { nil }
}
