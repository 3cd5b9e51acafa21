package import LLMTranslation

/// All that is counted of a call, once it is over.
package struct CallReport: Sendable {
    /// When it began (ms since 1970).
    package var time: Int64
    /// The request's identifier.
    package var requestID: String
    /// The service.
    package var service: String
    /// The caller, if known.
    package var consumer: String?
    /// The surface: `openai-chat`, `gemini-embeddings`.
    package var surface: String
    /// The operation by OpenTelemetry's names.
    package var operation: String
    /// The model as asked for.
    package var model: String
    /// Who answered, or was asked last.
    package var provider: String?
    /// The provider's name for the model.
    package var providerModel: String?
    /// The label of the key that was used.
    package var key: String?
    /// Whether the answer came in pieces.
    package var streamed: Bool
    /// The status that the client got.
    package var status: Int
    /// How it ended.
    package var outcome: CallOutcome
    /// Tries made.
    package var attempts: Int
    /// What was counted.
    package var usage: Usage
    /// Whether any count is an estimate.
    package var isEstimated: Bool
    /// What it cost (picounits), if known.
    package var cost: Int64?
    /// Of which currency.
    package var currency: String?
    /// From the beginning to the provider's first byte (ns); `nil` if none came.
    package var timeToFirstToken: UInt64?
    /// From beginning to end (ns).
    package var duration: UInt64
    /// Why it failed, in a few words.
    package var fault: String?
    /// What guards found in request and answer.
    package var findings: [GuardTally] = []
}
