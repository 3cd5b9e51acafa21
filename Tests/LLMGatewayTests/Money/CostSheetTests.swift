import Catalog
import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

@Suite struct CostSheetTests {
    private func sheet(_ base: TokenPrices, tiers: [PriceTier] = []) -> CostSheet {
        CostSheet(ModelPrices(base: base, tiers: tiers))
    }

    @Test func `every class has its price, exactly`() throws {
        let sheet = sheet(
            try ModelShop.prices(
                ModelShop.prices(
                    input: "3",
                    output: "15",
                    cacheRead: "0.3",
                    cacheWrite: "3.75",
                    reasoning: "20"
                ),
                cacheWriteHour: "6"
            )
        )
        #expect(sheet.cost(of: Usage(inputFresh: 1)) == 3_000_000)
        #expect(sheet.cost(of: Usage(cacheRead: 1)) == 300_000)
        #expect(sheet.cost(of: Usage(cacheWrite: 1)) == 3_750_000)
        #expect(sheet.cost(of: Usage(cacheWriteHour: 1)) == 6_000_000)
        #expect(sheet.cost(of: Usage(outputText: 1)) == 15_000_000)
        #expect(sheet.cost(of: Usage(outputReasoning: 1)) == 20_000_000)
        let all = Usage(
            inputFresh: 1,
            cacheRead: 10,
            cacheWrite: 100,
            cacheWriteHour: 1000,
            outputText: 10_000,
            outputReasoning: 7
        )
        #expect(sheet.cost(of: all) == 156_521_000_000)
    }

    @Test func `thinking costs what an answer costs, and an hour what a write costs, without prices of their own`()
        throws
    {
        let sheet = sheet(try ModelShop.prices(input: "1", output: "2", cacheWrite: "1.25"))
        #expect(sheet.cost(of: Usage(outputReasoning: 3)) == 6_000_000)
        #expect(sheet.cost(of: Usage(cacheWriteHour: 4)) == 5_000_000)
    }

    @Test func `unknown is not free, and free is not unknown`() throws {
        let known = sheet(try ModelShop.prices(input: "0", output: "0"))
        #expect(known.cost(of: Usage(inputFresh: 5, outputText: 5)) == 0)
        let unknown = sheet(try ModelShop.prices(input: "1"))
        #expect(unknown.cost(of: Usage(inputFresh: 5, outputText: 1)) == nil)
        #expect(unknown.cost(of: Usage(inputFresh: 5, outputText: 0)) == 5_000_000, "what was not used needs no price")
        #expect(unknown.cost(of: Usage(inputFresh: 5, cacheRead: 1)) == nil)
        #expect(sheet(TokenPrices()).cost(of: Usage(inputFresh: 1)) == nil)
    }

    @Test func `cached input without a price of its own is charged as plain input`() throws {
        let sheet = sheet(try ModelShop.prices(input: "2", output: "3"))
        let usage = Usage(inputFresh: 1, cacheRead: 10, cacheWrite: 100, cacheWriteHour: 1000, outputText: 1)
        #expect(sheet.cost(of: usage) == nil)
        #expect(sheet.bound(of: usage) == 2_225_000_000)
        #expect(sheet.bound(of: Usage(inputFresh: 1, outputText: 1)) == 5_000_000)
    }

    @Test func `what a vendor is asked to keep is bounded by twice the input's price, unless it has its own`() throws {
        let tier = PriceTier(above: 1000, prices: try ModelShop.prices(input: "4"))
        let unknown = sheet(try ModelShop.prices(input: "2", output: "3"), tiers: [tier])
        let usage = Usage(inputFresh: 1, cacheRead: 10, cacheWrite: 100, cacheWriteHour: 800, outputText: 1)
        #expect(unknown.cost(of: usage) == nil, "it stays unknown")
        #expect(unknown.bound(of: usage, asksToKeep: true) == 3_625_000_000)
        #expect(unknown.most(input: 911, output: 1, asksToKeep: true) == 3_647_000_000)
        #expect(unknown.most(input: 1001, output: 1, asksToKeep: true) == 8_011_000_000)
        #expect(unknown.most(input: 911, output: 1) == 1_825_000_000, "who does not ask reserves no more")
        let known = sheet(try ModelShop.prices(input: "2", output: "3", cacheWrite: "2.5"))
        #expect(known.most(input: 911, output: 1, asksToKeep: true) == 2_280_500_000)
    }

    @Test func `a tier holds for the whole call, by all of its input`() throws {
        let tier = PriceTier(above: 1000, prices: try ModelShop.prices(input: "6", output: "22.5"))
        let sheet = sheet(try ModelShop.prices(input: "3", output: "15", cacheRead: "0.3"), tiers: [tier])
        #expect(sheet.cost(of: Usage(inputFresh: 1000, outputText: 1)) == 3_015_000_000)
        #expect(sheet.cost(of: Usage(inputFresh: 1001, outputText: 1)) == 6_028_500_000)
        #expect(sheet.cost(of: Usage(inputFresh: 1, cacheRead: 1000)) == 306_000_000)
        #expect(sheet.most(input: 1000, output: 1) == 3_015_000_000)
        #expect(sheet.most(input: 1001, output: 1) == 6_028_500_000)
    }

    @Test func `without a price for plain input or output there is no bound`() throws {
        #expect(sheet(try ModelShop.prices(input: "1")).most(input: 1, output: 1) == nil)
        #expect(sheet(try ModelShop.prices(output: "1")).most(input: 1, output: 1) == nil)
        let cachedOnly = sheet(try ModelShop.prices(output: "1", cacheWrite: "1"))
        #expect(cachedOnly.most(input: 1, output: 1) == nil, "its plain input could not be charged")
        let thinkingOnly = sheet(try ModelShop.prices(input: "1", reasoning: "1"))
        #expect(thinkingOnly.most(input: 1, output: 1) == nil, "its answers could not be charged")
    }

    @Test func `amounts beyond all reason stay at the greatest there is`() throws {
        let sheet = sheet(try ModelShop.prices(input: "1000000", output: "1000000"))
        #expect(sheet.cost(of: Usage(inputFresh: 1 << 50, outputText: 1 << 50)) == .max)
        #expect(sheet.most(input: .max, output: .max) == .max)
    }

    @Test func `no call within its bound costs more than the most it can cost`() throws {
        let seed: UInt64 = 20_251_121
        var chance = SeededGenerator(seed: seed)
        for round in 0..<4000 {
            let prices = try randomPrices(&chance)
            let sheet = CostSheet(prices)
            let input = Int.random(in: 0...3000, using: &chance)
            let output = Int.random(in: 0...3000, using: &chance)
            guard let most = sheet.most(input: input, output: output) else { continue }
            let usage = randomUsage(input: input, output: output, &chance)
            let cost = sheet.bound(of: usage) ?? 0
            #expect(cost <= most, "round \(round) of seed \(seed): \(usage) at \(prices)")
            let kept = sheet.bound(of: usage, asksToKeep: true) ?? 0
            let mostKept = sheet.most(input: input, output: output, asksToKeep: true) ?? -1
            #expect(kept <= mostKept, "kept, round \(round) of seed \(seed): \(usage) at \(prices)")
        }
    }

    private func randomPrices(_ chance: inout SeededGenerator) throws -> ModelPrices {
        func some(_ chance: inout SeededGenerator, always: Bool = false) -> String? {
            always || Bool.random(using: &chance) ? "\(Int.random(in: 0...30, using: &chance))" : nil
        }
        func prices(_ chance: inout SeededGenerator, isBase: Bool) throws -> TokenPrices {
            let prices = try ModelShop.prices(
                input: some(&chance, always: isBase),
                output: some(&chance, always: isBase),
                cacheRead: some(&chance),
                cacheWrite: some(&chance),
                reasoning: some(&chance)
            )
            return try ModelShop.prices(prices, cacheWriteHour: some(&chance))
        }
        let base = try prices(&chance, isBase: true)
        var tiers: [PriceTier] = []
        for _ in 0..<Int.random(in: 0...2, using: &chance) {
            let above = Int.random(in: 0...2500, using: &chance)
            tiers.append(PriceTier(above: above, prices: try prices(&chance, isBase: false)))
        }
        return ModelPrices(base: base, tiers: tiers)
    }

    /// Counts of any classes that together are not more than the bounds.
    private func randomUsage(input: Int, output: Int, _ chance: inout SeededGenerator) -> Usage {
        let cuts = (0..<4).map { _ in Int.random(in: 0...input, using: &chance) }.sorted()
        let text = Int.random(in: 0...output, using: &chance)
        return Usage(
            inputFresh: cuts[0],
            cacheRead: cuts[1] - cuts[0],
            cacheWrite: cuts[2] - cuts[1],
            cacheWriteHour: cuts[3] - cuts[2],
            outputText: text,
            outputReasoning: Int.random(in: 0...(output - text), using: &chance)
        )
    }
}
