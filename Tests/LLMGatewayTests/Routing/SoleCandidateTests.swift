import Catalog
import Testing

@testable import LLMGateway

/// A target that has no other beside it is tried even while it rests: somebody has to be asked.
@Suite struct SoleCandidateTests {
    private func order(_ model: String, in catalog: ModelCatalog, chance: UInt64 = 0) throws -> [String] {
        let plan = try #require(catalog.models[model])
        return CandidateOrder.candidates(for: plan, in: catalog, now: 0, chance: chance)
            .map { "\($0.model.name)/\($0.target.model)" }
    }

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
