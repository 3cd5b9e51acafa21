import Catalog
import DataPlane
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

/// Small configurations of models, compiled.
enum ModelShop {
    static let face = AnswerFace(model: "fast", seed: "seed1", created: 1_735_689_600)

    /// A provider of each dialect at its vendor's own address, named as the dialect.
    static func vendors() throws -> [Provider] {
        try ModelDialect.allCases.map { dialect in
            let host = dialect.vendorHost ?? "127.0.0.1"
            return try provider(dialect.rawValue, dialect, "http://\(host)\(dialect == .openai ? "/v1" : "")")
        }
    }

    static func provider(_ name: String, _ dialect: ModelDialect, _ url: String) throws -> Provider {
        Provider(name: try #require(ProviderName(name)), dialect: dialect, target: try Target(url: url))
    }

    static func name(_ text: String) throws -> ModelName { try #require(ModelName(text)) }

    static func target(_ provider: String, _ model: String, weight: Int = 1) throws -> ModelTarget {
        var target = ModelTarget(provider: try #require(ProviderName(provider)), model: model)
        target.weight = weight
        return target
    }

    static func model(_ text: String, _ targets: [ModelTarget], fallback: [String] = []) throws -> LanguageModel {
        var model = LanguageModel(name: try name(text), targets: targets)
        model.fallback = try fallback.map(name)
        return model
    }

    static func catalog(
        _ models: [LanguageModel],
        consumers: [Consumer] = [],
        memory: ModelMemory = ModelMemory()
    ) throws -> ModelCatalog {
        let configuration = Configuration(consumers: consumers, providers: try vendors(), models: models)
        return try ModelCatalog(configuration, UpstreamCompiler(HealthRegistry()), memory: memory)
    }

    /// The only target of a model `fast` at a provider of `dialect`, which calls it `theirs`.
    static func soleTarget(_ dialect: ModelDialect, limits: ModelLimits = ModelLimits()) throws -> ModelTargetPlan {
        var model = try model("fast", [target(dialect.rawValue, "theirs")])
        model.limits = limits
        return try #require(try catalog([model]).models["fast"]?.targets.first)
    }

    /// The only target of a model `fast` at a server of `dialect`, which calls it `model`.
    static func soleTarget(_ dialect: ModelDialect, at url: String, calling model: String) throws -> ModelTargetPlan {
        let fast = try self.model("fast", [target("p", model)])
        let configuration = Configuration(providers: [try provider("p", dialect, url)], models: [fast])
        let catalog = try ModelCatalog(configuration, UpstreamCompiler(HealthRegistry()), memory: ModelMemory())
        return try #require(catalog.models["fast"]?.targets.first)
    }

    /// Prices per million tokens.
    static func prices(
        input: String? = nil,
        output: String? = nil,
        cacheRead: String? = nil,
        cacheWrite: String? = nil,
        reasoning: String? = nil
    ) throws -> TokenPrices {
        var prices = TokenPrices()
        prices.input = try input.map(TokenPrice.init(parsing:))
        prices.output = try output.map(TokenPrice.init(parsing:))
        prices.cacheRead = try cacheRead.map(TokenPrice.init(parsing:))
        prices.cacheWrite = try cacheWrite.map(TokenPrice.init(parsing:))
        prices.reasoning = try reasoning.map(TokenPrice.init(parsing:))
        return prices
    }

    /// The same prices with one for input that is kept in a cache for an hour.
    static func prices(_ prices: TokenPrices, cacheWriteHour: String?) throws -> TokenPrices {
        var prices = prices
        prices.cacheWriteHour = try cacheWriteHour.map(TokenPrice.init(parsing:))
        return prices
    }

    /// A conversation as a client sent it.
    static func conversation(_ format: WireFormat, _ body: String) throws -> ConversationTask {
        let path = format == .gemini ? "/v1beta/models/fast:generateContent" : "/v1/none"
        let request = SurfaceRequest(path: path, method: "POST", query: nil) { _ in nil }
        let client = try ClientRequest(request, body: bytes(body), requestID: "seed1", created: 1_735_689_600)
        return try ConversationTask(format, client)
    }
}
