import LLMTranslation

/// A whole answer as a client gets it.
struct TaskAnswer {
    /// JSON.
    var body: [UInt8]
    /// What was counted, if told.
    var usage: Usage?
    /// Why the client does not get it, where the model answered and the answer is not what was asked for.
    var failure: ModelFailure?
    /// What of the model's answer is not in it.
    var losses: [Loss] = []
}
