import Catalog

/// Sees to it that whoever has a budget calls models that are priced, in its currency (contract, section 6).
struct BudgetCheck {
    private let configuration: Configuration
    private let root: Piece
    private let currencies: [ModelName: Set<Currency>]
    /// Models with a target whose price for input is not known.
    private let unpriced: Set<ModelName>

    /// Looks at `configuration`, which was read from `root`.
    init(_ configuration: Configuration, root: Piece) {
        self.configuration = configuration
        self.root = root
        currencies = Dictionary(
            configuration.models.map { ($0.name, Set($0.targets.compactMap { $0.prices?.currency })) }
        ) { $0.union($1) }
        unpriced = Set(
            configuration.models.filter { $0.targets.contains { $0.prices?.input == nil } }.map(\.name)
        )
    }

    /// Adds a finding for each budget that cannot be compared with a price.
    func check(into findings: inout Findings) {
        for consumer in configuration.consumers {
            guard let budget = consumer.budget else { continue }
            report(budget, configuration.models(callableBy: consumer), "consumers", consumer.name.text, into: &findings)
        }
        for group in configuration.groups {
            guard let budget = group.budget else { continue }
            var models = group.models.map { Set($0) }
            for consumer in configuration.consumers where consumer.groups.contains(group.name) {
                guard let theirs = configuration.models(callableBy: consumer) else {
                    models = nil
                    break
                }
                models?.formUnion(theirs)
            }
            report(budget, models, "groups", group.name, into: &findings)
        }
    }

    private func report(
        _ budget: Budget,
        _ models: Set<ModelName>?,
        _ section: String,
        _ name: String,
        into findings: inout Findings
    ) {
        guard let piece = root[section]?[name]?["budget"] else { return }
        let subject = "'\(section).\(name.shortened).budget'"
        let reached = (models.map(withFallbacks) ?? Set(currencies.keys)).sorted()
        let currency = budget.amount.currency
        let others = reached.lazy.compactMap { model in
            currencies[model]?.first { $0 != currency }.map { (model, $0) }
        }
        if let (model, other) = others.first {
            findings.error(
                "\(subject) is in \(currency), but the model '\(model)' is priced in \(other)",
                hint: "use one currency, or leave the model out of 'models'",
                at: (piece["currency"] ?? piece).position
            )
        }
        if let model = reached.first(where: unpriced.contains) {
            findings.warning(
                "\(subject) has every call of the model '\(model)', or of one that falls back to it, refused: "
                    + "a price for its input is not known",
                hint: "set 'prices' of the model (0 where it is free), or leave it out of 'models' and 'fallback'",
                at: piece.position
            )
        }
    }

    private func withFallbacks(_ models: Set<ModelName>) -> Set<ModelName> {
        let fallbacks = Dictionary(configuration.models.map { ($0.name, $0.fallback) }) { first, _ in first }
        var reached = models
        var waiting = Array(models)
        while let model = waiting.popLast() {
            for next in fallbacks[model] ?? [] where reached.insert(next).inserted { waiting.append(next) }
        }
        return reached
    }
}
