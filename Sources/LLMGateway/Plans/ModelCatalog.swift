import Catalog
import DataPlane

/// The models and providers of one configuration, compiled, immutable.
final class ModelCatalog: Sendable {
    /// The models by name.
    let models: [String: ModelPlan]
    /// Their names in the order they were written.
    let names: [String]
    /// The providers in the order they were written.
    let providers: [ProviderPlan]
    /// What each consumer may call, by its number; `nil` is all.
    private let allowed: [Set<String>?]
    private let quotas: [[QuotaRule]]

    /// Compiles a configuration's models; `memory` keeps what is known of keys and targets.
    init(
        _ configuration: Configuration,
        _ compiler: UpstreamCompiler,
        memory: ModelMemory
    ) throws(CompileFault) {
        var providers: [ProviderPlan] = []
        for provider in configuration.providers {
            let plans = try compiler.compile([Self.upstream(of: provider)])
            guard let upstream = plans.first else { continue }
            let keys = memory.keys(of: provider)
            providers.append(ProviderPlan(provider, upstream: upstream, keys: keys))
        }
        self.providers = providers
        var models: [String: ModelPlan] = [:]
        for model in configuration.models {
            let targets = model.targets.compactMap { target -> ModelTargetPlan? in
                guard let provider = providers.first(where: { $0.name == target.provider.text }) else { return nil }
                let health = memory.health(of: target.model, at: provider.target.url, for: provider.name)
                return ModelTargetPlan(target, of: model, provider: provider, health: health)
            }
            guard !targets.isEmpty else { throw CompileFault("model \(model.name) has no target") }
            models[model.name.text] = ModelPlan(model, targets: targets)
        }
        self.models = models
        names = configuration.models.map(\.name.text)
        allowed = configuration.consumers.map { consumer in
            configuration.models(callableBy: consumer).map { Set($0.map(\.text)) }
        }
        quotas = configuration.consumers.map { QuotaRule.rules(for: $0, in: configuration) }
    }

    /// Has its pools of keys be those that a later configuration goes on with.
    func keepKeys(in memory: ModelMemory) {
        for provider in providers { memory.keep(provider.keys, of: provider.name) }
    }

    /// A provider's server as an upstream of one target.
    private static func upstream(of provider: Provider) throws(CompileFault) -> Upstream {
        guard let name = UpstreamName("provider.\(provider.name.text)") ?? UpstreamName("provider") else {
            throw CompileFault("provider \(provider.name) has no usable name")
        }
        var upstream = Upstream(name: name, targets: [provider.target])
        upstream.timeouts = provider.timeouts
        upstream.tls = provider.tls
        return upstream
    }

    /// The limits that the consumer of this number falls under.
    func quotas(of consumer: Int) -> [QuotaRule] {
        quotas.indices.contains(consumer) ? quotas[consumer] : []
    }

    /// Whether the consumer of this number may call a model.
    func mayCall(_ model: String, consumer: Int) -> Bool {
        guard allowed.indices.contains(consumer), let names = allowed[consumer] else { return true }
        return names.contains(model)
    }
}
