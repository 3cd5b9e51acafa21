/// One call of a language model as the ledger keeps it: who asked whom for what, what it took and what it cost.
package struct ModelCallRecord: Sendable, Equatable {
    /// The one name of this record: a UUIDv7 in text form, made by the gateway and never by a client.
    package var id: String
    /// When the call arrived, in milliseconds since 1970 UTC.
    package var time: Int64
    /// The `X-Request-Id` of the exchange, which a client may choose.
    package var requestID: String?
    /// The service that was called.
    package var service: String
    /// The caller, if known.
    package var consumer: String?
    /// The API that was spoken, such as `openai-chat`.
    package var surface: String
    /// What was asked for, as OpenTelemetry names it: `chat`, `generate_content`, `text_completion`, `embeddings`, or
    /// `count_tokens`.
    package var operation: String
    /// The model that was asked for, by its name in the configuration.
    package var model: String
    /// The provider that answered last, if one was tried.
    package var provider: String?
    /// That provider's own name of the model.
    package var providerModel: String?
    /// The label of the key that was used.
    package var key: String?
    /// Whether the answer was asked for as a stream.
    package var streamed = false
    /// The status the client got; 0 if it left before there was one.
    package var status = 0
    /// How it ended.
    package var outcome: Outcome
    /// How many times a provider was asked.
    package var attempts = 0
    /// The tokens.
    package var tokens = TokenCounts()
    /// Whether the tokens are the gateway's estimate, in whole or in part.
    package var isEstimated = false
    /// The cost in picounits (10^-12) of ``currency``; `nil` if a price is not known, which is not zero.
    package var cost: Int64?
    /// The currency of the cost, as ISO 4217 has it.
    package var currency: String?
    /// From the arrival to the first token of the answer, in microseconds.
    package var timeToFirstToken: Int?
    /// From the arrival to the end, in microseconds.
    package var duration = 0
    /// Why it did not succeed, in a word or a short sentence without secrets.
    package var fault: String?

    /// A record of the fields that are always there; set the others afterwards.
    package init(
        id: String,
        time: Int64,
        service: String,
        surface: String,
        operation: String,
        model: String,
        outcome: Outcome
    ) {
        self.id = id
        self.time = time
        self.service = service
        self.surface = surface
        self.operation = operation
        self.model = model
        self.outcome = outcome
    }
}

extension ModelCallRecord {
    /// How a call ended.
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        /// The client has the whole answer.
        case completed
        /// No provider gave an answer.
        case failed
        /// The client left.
        case cancelled
        /// The provider broke off within its answer.
        case cut
        /// The answer came from the cache.
        case cached
        /// The gateway did not let the call through.
        case refused

        /// Whether a provider is to blame.
        package var isFailure: Bool { self == .failed || self == .cut }
    }

    /// The times that a call may have: from 1970 to the end of the year 9999, so that no arithmetic on them overflows.
    package static let times: ClosedRange<Int64> = 0...253_402_300_799_999

    /// Why no ledger takes this record; `nil` if there is no reason.
    package var objection: String? {
        if !Self.times.contains(time) { return "its time \(time) is not within 1970 and 9999" }
        if !(1...128).contains(id.utf8.count) { return "its id has \(id.utf8.count) bytes instead of 1 to 128" }
        return nil
    }

    /// What stands for the currency of a cost that came without one.
    package static let noCurrency = "unknown"
}
