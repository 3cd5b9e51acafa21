import Catalog
import LLMTranslation

/// What counted tokens cost, exactly, in picounits (10^-12) of a currency.
struct CostSheet {
    private let prices: ModelPrices
    /// The most that a token can cost, whatever its class, from so many tokens of input on; a tier each.
    ///
    /// `written` is what one of input can cost that a vendor is asked to keep.
    private let dearest: [(from: Int, input: Int64, written: Int64, output: Int64)]

    /// What vendors take at most for a token that they are asked to keep, in plain ones: Anthropic takes 1.25 for five
    /// minutes, and 2 for an hour.
    private static let keeping = 2

    /// A sheet of a target's prices.
    init(_ prices: ModelPrices) {
        self.prices = prices
        dearest = ([0] + prices.tiers.map { $0.above &+ 1 }).map { from in
            let valid = prices.prices(forInput: from)
            let inputs = [valid.input, valid.cacheRead, valid.cacheWrite, valid.cacheWriteHour].compactMap(\.self)
            let outputs = [valid.output, valid.reasoning].compactMap(\.self)
            let input = inputs.map(\.picounits).max() ?? -1
            let kept = valid.cacheWrite == nil ? valid.input.map { Self.product(Self.keeping, $0.picounits) } : nil
            return (from, input, max(input, kept ?? -1), outputs.map(\.picounits).max() ?? -1)
        }
    }

    /// The cost of what was counted; `nil` where a price that is needed is unknown.
    ///
    /// Thinking costs what an answer costs unless it has a price of its own.
    func cost(of usage: Usage) -> Int64? {
        let valid = prices.prices(forInput: usage.input)
        var total: Int64? = 0
        Self.add(usage.inputFresh, at: valid.input, to: &total)
        Self.add(usage.cacheRead, at: valid.cacheRead, to: &total)
        Self.add(usage.cacheWrite, at: valid.cacheWrite, to: &total)
        Self.add(usage.cacheWriteHour, at: valid.cacheWriteHour ?? valid.cacheWrite, to: &total)
        Self.add(usage.outputText, at: valid.output, to: &total)
        Self.add(usage.outputReasoning, at: valid.reasoning ?? valid.output, to: &total)
        return total
    }

    /// Adds what tokens cost; what was used without a known price makes the sum unknown.
    private static func add(_ count: Int?, at price: TokenPrice?, to total: inout Int64?) {
        guard let count, count > 0, let known = total else { return }
        total = price.map { add(known, product(count, $0.picounits)) }
    }

    /// As ``cost(of:)``, with the price of plain input where a price for cached input is unknown; where the call `asksToKeep`
    /// input, with the most that a vendor takes for that.
    func bound(of usage: Usage, asksToKeep: Bool = false) -> Int64? {
        if let cost = cost(of: usage) { return cost }
        var plain = usage
        plain.inputFresh = usage.input
        plain.cacheRead = nil
        plain.cacheWrite = nil
        plain.cacheWriteHour = nil
        let valid = prices.prices(forInput: usage.input)
        guard asksToKeep, valid.cacheWrite == nil, let price = valid.input, let bound = cost(of: plain) else {
            return cost(of: plain)
        }
        let kept = Self.add(Int64(clamping: usage.cacheWrite ?? 0), Int64(clamping: usage.cacheWriteHour ?? 0))
        return Self.add(bound, Self.product(Int(clamping: kept), Self.product(Self.keeping - 1, price.picounits)))
    }

    /// The most that so many tokens can cost, whatever classes they fall in; `nil` where a price is unknown.
    func most(input: Int, output: Int, asksToKeep: Bool = false) -> Int64? {
        // What writes nothing, such as embeddings, needs no price for it.
        guard prices.input != nil, prices.output != nil || output == 0 else { return nil }
        var highestInput: Int64 = -1
        var highestOutput: Int64 = -1
        for tier in dearest where tier.from <= input {
            highestInput = max(highestInput, asksToKeep ? tier.written : tier.input)
            highestOutput = max(highestOutput, tier.output)
        }
        if output == 0 { highestOutput = max(highestOutput, 0) }
        guard highestInput >= 0, highestOutput >= 0 else { return nil }
        let paid = Self.product(input, highestInput)
        return Self.add(paid, Self.product(output, highestOutput))
    }

    private static func product(_ count: Int, _ price: Int64) -> Int64 {
        let (value, overflow) = Int64(clamping: count).multipliedReportingOverflow(by: price)
        return overflow ? .max : value
    }

    private static func add(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}
