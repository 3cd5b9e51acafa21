import Catalog
import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

/// Costs and bounds are what plain sums over prices and tiers say.
@Suite struct CostBoundTests {
    // MARK: Plainly

    /// A class's price for a call with `input` tokens of input, in picounits; `nil` is unknown.
    private func price(_ one: (TokenPrices) -> TokenPrice?, _ prices: ModelPrices, _ input: Int) -> Int128? {
        var price = one(prices.base)
        for tier in prices.tiers where input > tier.above { price = one(tier.prices) ?? price }
        return price.map { Int128($0.picounits) }
    }

    /// The most for any call of 0 to `input` tokens of input, by trying each.
    private func most(_ prices: ModelPrices, input: Int, output: Int) -> Int64? {
        guard prices.base.input != nil, prices.base.output != nil || output == 0 else { return nil }
        var (dearestInput, dearestOutput): (Int128, Int128) = (0, 0)
        for size in 0...input {
            for one: (TokenPrices) -> TokenPrice? in [\.input, \.cacheRead, \.cacheWrite, \.cacheWriteHour] {
                dearestInput = max(dearestInput, price(one, prices, size) ?? 0)
            }
            for one: (TokenPrices) -> TokenPrice? in [\.output, \.reasoning] {
                dearestOutput = max(dearestOutput, price(one, prices, size) ?? 0)
            }
        }
        return Int64(clamping: Int128(input) * dearestInput + Int128(output) * dearestOutput)
    }

    private func cost(_ usage: Usage, _ prices: ModelPrices) -> Int64? {
        func price(_ one: (TokenPrices) -> TokenPrice?) -> Int128? { self.price(one, prices, usage.input) }
        var total: Int128 = 0
        for (count, price) in [
            (usage.inputFresh, price(\.input)), (usage.cacheRead, price(\.cacheRead)),
            (usage.cacheWrite, price(\.cacheWrite)),
            (usage.cacheWriteHour, price(\.cacheWriteHour) ?? price(\.cacheWrite)),
            (usage.outputText, price(\.output)), (usage.outputReasoning, price(\.reasoning) ?? price(\.output)),
        ] {
            guard let count, count > 0 else { continue }
            guard let price else { return nil }
            total += Int128(count) * price
        }
        return Int64(clamping: total)
    }

    private func bound(_ usage: Usage, _ prices: ModelPrices) -> Int64? {
        let plain = Usage(
            inputFresh: usage.input,
            outputText: usage.outputText,
            outputReasoning: usage.outputReasoning
        )
        return cost(usage, prices) ?? cost(plain, prices)
    }

    // MARK: By chance

    private func prices(_ chance: inout SeededGenerator, known: Double) throws -> TokenPrices {
        func some() -> String? {
            guard chance.happens(known) else { return nil }
            if chance.happens(0.03) { return "1000000" }
            return "\(Int.random(in: 0...30, using: &chance)).\(Int.random(in: 0...9, using: &chance))"
        }
        let prices = try ModelShop.prices(
            input: some(),
            output: some(),
            cacheRead: some(),
            cacheWrite: some(),
            reasoning: some()
        )
        return try ModelShop.prices(prices, cacheWriteHour: some())
    }

    private func modelPrices(_ chance: inout SeededGenerator) throws -> ModelPrices {
        let base = try prices(&chance, known: 0.85)
        var tiers: [PriceTier] = []
        for _ in 0..<Int.random(in: 0...4, using: &chance) {
            var above = chance.happens(0.2) ? Int.max : Int.random(in: 0...60, using: &chance)
            if let last = tiers.last, chance.happens(0.25) { above = last.above }
            tiers.append(PriceTier(above: above, prices: try prices(&chance, known: 0.4)))
        }
        return ModelPrices(base: base, tiers: tiers)
    }

    private func count(_ chance: inout SeededGenerator) -> Int? {
        if chance.happens(0.3) { return nil }
        return chance.happens(0.05)
            ? 1 << Int.random(in: 30...50, using: &chance) : Int.random(in: 0...30, using: &chance)
    }

    @Test func `the most a call can cost is that of the dearest size it can have`() throws {
        let seed: UInt64 = 20_251_126
        var chance = SeededGenerator(seed: seed)
        var known = 0
        for round in 0..<3_000 {
            let prices = try modelPrices(&chance)
            let input = Int.random(in: 0...80, using: &chance)
            let output = chance.happens(0.1) ? Int.max : Int.random(in: 0...80, using: &chance)
            let wanted = most(prices, input: input, output: output)
            known += wanted == nil ? 0 : 1
            let found = CostSheet(prices).most(input: input, output: output)
            #expect(found == wanted, "round \(round) of seed \(seed): \(input) and \(output) at \(prices)")
        }
        #expect((1_000...2_800).contains(known), "\(known)")
    }

    @Test func `costs and bounds are the sums of their classes`() throws {
        let seed: UInt64 = 20_251_127
        var chance = SeededGenerator(seed: seed)
        var (known, bounded) = (0, 0)
        for round in 0..<8_000 {
            let prices = try modelPrices(&chance)
            let usage = Usage(
                inputFresh: count(&chance),
                cacheRead: count(&chance),
                cacheWrite: count(&chance),
                cacheWriteHour: count(&chance),
                outputText: count(&chance),
                outputReasoning: count(&chance)
            )
            let sheet = CostSheet(prices)
            let (cost, bound) = (cost(usage, prices), bound(usage, prices))
            known += cost == nil ? 0 : 1
            bounded += cost == nil && bound != nil ? 1 : 0
            #expect(sheet.cost(of: usage) == cost, "round \(round) of seed \(seed): \(usage) at \(prices)")
            #expect(sheet.bound(of: usage) == bound, "round \(round) of seed \(seed): \(usage) at \(prices)")
        }
        #expect(known > 1_000 && bounded > 500, "\(known) and \(bounded)")
    }

    // MARK: Tiers

    @Test func `a tier above every number holds for no call`() throws {
        let tier = PriceTier(above: .max, prices: try ModelShop.prices(input: "9", output: "9", cacheRead: "9"))
        let sheet = CostSheet(ModelPrices(base: try ModelShop.prices(input: "1", output: "2"), tiers: [tier]))
        for input in [0, 1, 1_000_000] {
            #expect(sheet.most(input: input, output: 1) == Int64(input) * 1_000_000 + 2_000_000)
        }
        let tiny = CostSheet(ModelPrices(base: try ModelShop.prices(input: "0.000001", output: "1"), tiers: [tier]))
        #expect(tiny.most(input: .max - 1, output: 0) == Int64.max - 1)
        #expect(tiny.most(input: .max, output: 0) == .max)
    }

    @Test func `of two tiers from the same number on the later one counts`() throws {
        let tiers = try [("8", nil), ("5", "7"), (nil, "6")].map { input, output in
            PriceTier(above: 10, prices: try ModelShop.prices(input: input, output: output))
        }
        let sheet = CostSheet(ModelPrices(base: try ModelShop.prices(input: "1", output: "1"), tiers: tiers))
        #expect(sheet.most(input: 10, output: 1) == 11_000_000)
        #expect(sheet.most(input: 11, output: 1) == 61_000_000)
        #expect(sheet.cost(of: Usage(inputFresh: 11, outputText: 1)) == 61_000_000)
    }
}
