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
    /// What a budget is charged: the cost, or where a price for cached input is unknown what plain input would cost.
    var charge: Int64

    /// What a provider told of a whole answer.
    init(_ usage: Usage?, _ target: ModelTargetPlan?, isEstimated: Bool = false) {
        self.usage = usage ?? Usage()
        self.isEstimated = isEstimated
        cost = usage?.isKnown == true ? target?.sheet?.cost(of: self.usage) : nil
        charge = cost ?? target?.sheet?.bound(of: self.usage) ?? 0
        currency = target?.prices?.currency.code
    }

    /// What a whole answer used: by the provider's own count, or estimated, four bytes a token.
    init(whole usage: Usage?, _ attempt: Attempt, answerSize: Int) {
        let target = attempt.candidate.target
        if let usage, usage.isKnown {
            self.init(usage, target)
        } else {
            let input = max(1, attempt.request.body.count / 4)
            self.init(Usage(inputFresh: input, outputText: answerSize / 4), target, isEstimated: true)
        }
    }

    /// Nothing used.
    static let nothing = Counted(nil, nil)

    /// What came of a stream: by the provider's own count, or estimated from what was streamed, four bytes a token.
    init(of relay: StreamRelay, _ attempt: Attempt, isWhole: Bool) {
        var usage = relay.usage
        var isEstimated = false
        if usage.inputFresh == nil, relay.textBytes > 0 || isWhole {
            usage.inputFresh = max(1, attempt.request.body.count / 4)
            isEstimated = true
        }
        // A provider that was broken off has told at best what it had counted when it began.
        let streamed = (relay.textBytes + 3) / 4
        if usage.outputText == nil && usage.outputReasoning == nil || !isWhole && usage.output < streamed {
            usage.outputText = streamed
            usage.outputReasoning = nil
            isEstimated = true
        }
        self.init(usage, attempt.candidate.target, isEstimated: isEstimated)
    }
}
