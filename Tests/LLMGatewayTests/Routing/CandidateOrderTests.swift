import Catalog
import TestKit
import Testing

@testable import LLMGateway

@Suite struct CandidateOrderTests {
    /// Where a call of `model` would be tried, in order.
    private func order(_ model: String, in catalog: ModelCatalog, chance: UInt64 = 0) throws -> [String] {
        let plan = try #require(catalog.models[model])
        return CandidateOrder.candidates(for: plan, in: catalog, now: 0, chance: chance)
            .map { "\($0.model.name)/\($0.target.model)" }
    }

    /// One model `m` with targets a, b and c.
    private func three(_ strategy: ModelStrategy, weights: [Int] = [1, 1, 1]) throws -> ModelCatalog {
        let targets = try zip(["a", "b", "c"], weights).map { try ModelShop.target("openai", $0, weight: $1) }
        var model = try ModelShop.model("m", targets)
        model.strategy = strategy
        return try ModelShop.catalog([model])
    }

    private func health(_ model: String, in catalog: ModelCatalog) throws -> ModelHealth {
        try #require(catalog.models["m"]?.targets.first { $0.model == model }).health
    }

    @Test func `by priority the order is as written`() throws {
        let catalog = try three(.priority, weights: [1, 9, 5])
        for chance in 0..<UInt64(20) {
            #expect(try order("m", in: catalog, chance: chance) == ["m/a", "m/b", "m/c"])
        }
    }

    @Test func `by weight each comes first as often as its weight says, and all come once`() throws {
        let catalog = try three(.weighted, weights: [3, 1, 2])
        var first: [String: Int] = [:]
        for chance in 0..<UInt64(600) {
            let order = try order("m", in: catalog, chance: chance)
            #expect(order.sorted() == ["m/a", "m/b", "m/c"])
            first[order.first ?? "", default: 0] += 1
        }
        #expect(first == ["m/a": 300, "m/b": 100, "m/c": 200])
    }

    @Test func `by weight the second draw is fair too`() throws {
        let catalog = try three(.weighted, weights: [1, 1, 1])
        var chance = SeededGenerator(seed: 4)
        var seen: [String: Int] = [:]
        for _ in 0..<6000 {
            let order = try order("m", in: catalog, chance: chance.next())
            seen[order.joined(separator: " "), default: 0] += 1
        }
        #expect(seen.count == 6 && seen.values.allSatisfy { (800...1200).contains($0) }, "\(seen)")
    }

    @Test func `the quickest comes first, and those nobody knows before it`() throws {
        let catalog = try three(.leastLatency)
        try health("a", in: catalog).answered(after: 300)
        try health("b", in: catalog).answered(after: 200)
        #expect(try order("m", in: catalog) == ["m/c", "m/b", "m/a"])
        try health("c", in: catalog).answered(after: 250)
        #expect(try order("m", in: catalog) == ["m/b", "m/c", "m/a"])
    }

    @Test func `the cheapest comes first, those without a price last, equals as written`() throws {
        var targets = try ["a", "b", "c", "d"].map { try ModelShop.target("openai", $0) }
        targets[1].prices = ModelPrices(base: try ModelShop.prices(input: "3", output: "15"))
        targets[2].prices = ModelPrices(base: try ModelShop.prices(input: "0.15", output: "0.6"))
        targets[3].prices = ModelPrices(base: try ModelShop.prices(input: "3", output: "15"))
        var model = try ModelShop.model("m", targets)
        model.strategy = .cheapest
        #expect(try order("m", in: try ModelShop.catalog([model])) == ["m/c", "m/b", "m/d", "m/a"])
    }

    @Test(arguments: ModelStrategy.allCases)
    func `those that rest come last, but they come`(strategy: ModelStrategy) throws {
        let catalog = try three(strategy)
        for _ in 0..<3 { try health("a", in: catalog).failed("503", now: 0) }
        for chance in 0..<UInt64(30) {
            let order = try order("m", in: catalog, chance: chance)
            #expect(order.last == "m/a" && order.count == 3)
        }
    }

    @Test func `fallback models come after every target, each once, whatever circles they make`() throws {
        let catalog = try ModelShop.catalog([
            try ModelShop.model("a", [ModelShop.target("openai", "x")], fallback: ["b", "c", "nobody"]),
            try ModelShop.model("b", [ModelShop.target("gemini", "y")], fallback: ["d", "a"]),
            try ModelShop.model("c", [ModelShop.target("mistral", "z")], fallback: ["b", "c"]),
            try ModelShop.model("d", [ModelShop.target("ollama", "w")], fallback: ["a"]),
        ])
        #expect(try order("a", in: catalog) == ["a/x", "b/y", "d/w", "c/z"])
        #expect(try order("d", in: catalog) == ["d/w", "a/x", "b/y", "c/z"])
    }

    // MARK: A target that has no other beside it

    /// Has the only target of `model` fail until it rests.
    private func rest(_ model: String, in catalog: ModelCatalog) throws {
        let health = try #require(catalog.models[model]?.targets.first).health
        for _ in 0..<3 { health.failed("503", now: 0) }
        #expect(health.rests(now: 0))
    }

    @Test(arguments: ModelStrategy.allCases)
    func `one resting target without fallback is still the one candidate`(strategy: ModelStrategy) throws {
        var model = try ModelShop.model("m", [ModelShop.target("openai", "a")])
        model.strategy = strategy
        let catalog = try ModelShop.catalog([model])
        for chance: UInt64 in [0, 1, .max] { #expect(try order("m", in: catalog, chance: chance) == ["m/a"]) }
        try rest("m", in: catalog)
        for chance: UInt64 in [0, 1, .max] { #expect(try order("m", in: catalog, chance: chance) == ["m/a"]) }
    }

    @Test func `a fallback that nobody knows, or that is the model itself, adds nothing`() throws {
        let catalog = try ModelShop.catalog([
            try ModelShop.model("m", [ModelShop.target("openai", "a")], fallback: ["nobody", "m"])
        ])
        try rest("m", in: catalog)
        #expect(try order("m", in: catalog) == ["m/a"])
    }

    @Test func `with a fallback it is among the candidates all the same`() throws {
        let catalog = try ModelShop.catalog([
            try ModelShop.model("m", [ModelShop.target("openai", "a")], fallback: ["n"]),
            try ModelShop.model("n", [ModelShop.target("gemini", "b")]),
        ])
        try rest("m", in: catalog)
        #expect(try order("m", in: catalog).sorted() == ["m/a", "n/b"])
        try rest("n", in: catalog)
        #expect(try order("m", in: catalog).sorted() == ["m/a", "n/b"])
    }
}
