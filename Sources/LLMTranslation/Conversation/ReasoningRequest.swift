/// How much a model should think, and whether to show it.
package struct ReasoningRequest: Sendable, Equatable {
    /// How hard.
    package enum Effort: String, Sendable, Equatable, CaseIterable {
        /// Not at all.
        case none
        case minimal, low, medium, high, xhigh, max
    }

    /// How hard; `nil` where only a budget or nothing is said.
    package var effort: Effort?
    /// Tokens for thinking; -1 leaves it to the model.
    package var budget: Int?
    /// Whether the thinking, or a summary of it, should be shown; `nil` where the request does not say.
    package var isShown: Bool?
    /// Whether the model chooses by itself how much (`adaptive`, dynamic budgets).
    package var isAdaptive = false

    /// A wish for thinking.
    package init(effort: Effort? = nil, budget: Int? = nil, isShown: Bool? = nil, isAdaptive: Bool = false) {
        self.effort = effort
        self.budget = budget
        self.isShown = isShown
        self.isAdaptive = isAdaptive
    }

    /// Whether thinking is wanted, rather than wanted away.
    var isWish: Bool {
        guard effort != Effort.none, budget != 0 else { return false }
        return effort != nil || budget != nil || isAdaptive || isShown == true
    }

    /// The budget that stands for an effort in dialects that know budgets only (tokens).
    package static func budget(for effort: Effort) -> Int {
        switch effort {
        case .none: 0
        case .minimal: 1024
        case .low: 1024
        case .medium: 8192
        case .high: 16384
        case .xhigh, .max: 32768
        }
    }

    /// The effort that stands for a budget in dialects that know efforts only.
    package static func effort(for budget: Int) -> Effort {
        switch budget {
        case ..<0: .medium
        case 0: .none
        case ..<2048: .low
        case ..<12288: .medium
        default: .high
        }
    }
}
