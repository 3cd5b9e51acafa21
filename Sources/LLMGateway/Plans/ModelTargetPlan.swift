import Catalog

/// A provider's model behind a name, compiled.
final class ModelTargetPlan: Sendable {
    /// The provider.
    let provider: ProviderPlan
    /// The provider's name for the model.
    let model: String
    /// Relative share.
    let weight: Int
    /// What it costs; `nil` is unknown.
    let prices: ModelPrices?
    /// What counted tokens cost; `nil` is unknown.
    let sheet: CostSheet?
    /// What it can take and give.
    let limits: ModelLimits
    /// What is known of it now.
    let health: ModelHealth

    /// Compiles a target of a model.
    init(_ target: ModelTarget, of model: LanguageModel, provider: ProviderPlan, health: ModelHealth) {
        self.provider = provider
        self.model = target.model
        weight = max(1, target.weight)
        prices = target.prices ?? model.prices
        sheet = prices.map { CostSheet($0) }
        var limits = target.limits ?? ModelLimits()
        limits.context = limits.context ?? model.limits.context
        limits.output = limits.output ?? model.limits.output
        self.limits = limits
        self.health = health
    }

    /// What a typical call costs, three tokens in for one out; `nil` where the price is unknown.
    var typicalPrice: Int64? {
        guard let input = prices?.input, let output = prices?.output else { return nil }
        return input.picounits.multipliedReportingOverflow(by: 3).partialValue &+ output.picounits
    }
}
