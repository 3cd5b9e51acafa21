import Catalog
import LLMTranslation

/// What a call used and what that costs.
struct Counted {
    /// Tokens.
    var usage: Usage
    /// Whether any of them is an estimate.
    var isEstimated: Bool
    /// The cost (picounits), if known.
    var cost: Int64?
    /// The currency of the target's prices.
    var currency: String?
    /// What a budget is charged: the cost, or where a price for cached input is unknown what that could cost.
    var charge: Int64

    /// What was used of a target; at any but the ordinary tier nobody knows what it costs.
    private init(
        _ usage: Usage?,
        _ target: ModelTargetPlan?,
        _ request: ProviderRequest?,
        isEstimated: Bool = false
    ) {
        let isOrdinary = request.map { $0.tier == .ordinary } ?? true
        self.usage = usage ?? Usage()
        self.isEstimated = isEstimated
        cost = usage?.isKnown == true && isOrdinary ? target?.sheet?.cost(of: self.usage) : nil
        charge = cost ?? target?.sheet?.bound(of: self.usage, asksToKeep: request?.asksToKeep ?? false) ?? 0
        currency = target?.prices?.currency.code
    }

    /// What a whole answer used: by the provider's own count, estimated where it did not tell, four bytes of text a token.
    ///
    /// Some vendors leave out a count that is zero.
    init(whole told: Usage?, _ attempt: Attempt, textBytes: @autoclosure () -> Int) {
        var usage = told ?? Usage()
        var isEstimated = false
        if usage.inputFresh == nil {
            usage.inputFresh = EstimatedInput.tokens(of: attempt.request.body)
            isEstimated = true
        }
        if usage.outputText == nil, usage.outputReasoning == nil {
            let tokens = (textBytes() + 3) / 4
            if tokens > 0 {
                usage.outputText = tokens
                isEstimated = true
            }
        }
        self.init(usage, attempt.candidate.target, attempt.request, isEstimated: isEstimated)
    }

    /// Nothing used.
    static let nothing = Counted(nil, nil, nil)

    /// Nothing used, which costs nothing in a currency, where the prices of what would have been used are known.
    static func free(in currency: String?) -> Counted {
        var counted = nothing
        counted.currency = currency
        counted.cost = currency == nil ? nil : 0
        return counted
    }

    /// What came of a stream: by the provider's own count, or estimated from what was streamed, four bytes a token.
    init(of relay: StreamRelay, _ attempt: Attempt, isWhole: Bool) {
        var usage = relay.usage
        var isEstimated = false
        if usage.inputFresh == nil, relay.textBytes > 0 || isWhole {
            usage.inputFresh = EstimatedInput.tokens(of: attempt.request.body)
            isEstimated = true
        }
        // A provider that was broken off has told at best what it had counted when it began.
        let streamed = (relay.textBytes + 3) / 4
        if usage.outputText == nil && usage.outputReasoning == nil || !isWhole && usage.output < streamed {
            usage.outputText = streamed
            usage.outputReasoning = nil
            isEstimated = true
        }
        self.init(usage, attempt.candidate.target, attempt.request, isEstimated: isEstimated)
    }
}
