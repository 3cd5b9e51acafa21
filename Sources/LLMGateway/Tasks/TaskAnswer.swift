import LLMTranslation

/// A whole answer as a client gets it.
struct TaskAnswer {
    /// JSON.
    var body: [UInt8]
    /// What was counted, if told.
    var usage: Usage?
    /// What of the provider's answer is not in it.
    var losses: [Loss] = []
    /// Why the client does not get it, where the model answered and the answer is not what was asked for.
    var failure: ModelFailure?
}
