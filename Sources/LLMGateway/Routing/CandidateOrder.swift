import Catalog

/// The targets that a call may try, in order: by the model's strategy, those that rest last, then the fallback models'.
enum CandidateOrder {
    /// One target and the model it stands for.
    struct Candidate {
        /// The model, by the name that clients use.
        let model: ModelPlan
        /// The target.
        let target: ModelTargetPlan
    }

    /// The candidates for a call of `model`; `chance` decides where weights do.
    static func candidates(for model: ModelPlan, in catalog: ModelCatalog, now: UInt64, chance: UInt64) -> [Candidate] {
        // The usual case, without the detours of the others.
        if model.targets.count == 1, model.fallback.isEmpty {
            return [Candidate(model: model, target: model.targets[0])]
        }
        return models(from: model, in: catalog).flatMap { model -> [Candidate] in
            guard model.targets.count > 1 else { return [Candidate(model: model, target: model.targets[0])] }
            let ordered = order(model, chance: chance)
            let well = ordered.filter { !$0.health.rests(now: now) }
            let resting = ordered.filter { $0.health.rests(now: now) }
            return (well + resting).map { Candidate(model: model, target: $0) }
        }
    }

    /// A model and those that stand in for it, in order, each once.
    static func models(from model: ModelPlan, in catalog: ModelCatalog) -> [ModelPlan] {
        var found = [model]
        var open = model.fallback.reversed().map { $0 }
        while let name = open.popLast() {
            guard let next = catalog.models[name], !found.contains(where: { $0.name == name }) else { continue }
            found.append(next)
            open += next.fallback.reversed()
        }
        return found
    }

    private static func order(_ model: ModelPlan, chance: UInt64) -> [ModelTargetPlan] {
        switch model.strategy {
        case .priority: model.targets
        case .weighted: byWeight(model.targets, chance: chance)
        case .leastLatency: stably(model.targets) { $0.health.firstToken < $1.health.firstToken }
        case .cheapest: stably(model.targets) { ($0.typicalPrice ?? .max) < ($1.typicalPrice ?? .max) }
        }
    }

    /// Draws without putting back, each time by weight.
    private static func byWeight(_ targets: [ModelTargetPlan], chance: UInt64) -> [ModelTargetPlan] {
        var left = targets
        var drawn: [ModelTargetPlan] = []
        var chance = chance
        while left.count > 1 {
            let total = left.reduce(0) { $0 + $1.weight }
            var point = Int(chance % UInt64(max(1, total)))
            chance = Self.mixed(chance)
            var index = 0
            while index < left.count - 1, point >= left[index].weight {
                point -= left[index].weight
                index += 1
            }
            drawn.append(left.remove(at: index))
        }
        return drawn + left
    }

    /// Another number by chance, which has nothing to do with the remainders of the one before (SplitMix64).
    private static func mixed(_ chance: UInt64) -> UInt64 {
        var value = chance &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    private static func stably(
        _ targets: [ModelTargetPlan],
        by isBefore: (ModelTargetPlan, ModelTargetPlan) -> Bool
    ) -> [ModelTargetPlan] {
        targets.enumerated()
            .sorted { isBefore($0.element, $1.element) || !isBefore($1.element, $0.element) && $0.offset < $1.offset }
            .map(\.element)
    }
}
