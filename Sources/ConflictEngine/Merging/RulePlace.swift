import HTTPSemantics

/// A place in a document, as far as rules can speak of it.
///
/// A walk starts at the root and asks for a child at each step; the cost of a step is the number of rules that still fit.
struct RulePlace: Sendable {
    /// A pointer with `*`, and its meaning.
    private struct Pattern: Sendable {
        let tokens: [String]
        let role: MergeRole
    }

    /// What the rules make of this place.
    let role: MergeRole?
    private let patterns: [Pattern]
    private let fitting: [Int]
    private let depth: Int

    /// The root of a document under `rules`.
    init(rootUnder rules: MergeRules) {
        let patterns =
            rules.atomic.map { Pattern(tokens: $0.tokens, role: .atomic) }
            + rules.keyed.map { Pattern(tokens: $0.pointer.tokens, role: .keyed(field: $0.field)) }
            + rules.sets.map { Pattern(tokens: $0.tokens, role: .set) }
            + rules.counters.map { Pattern(tokens: $0.tokens, role: .counter) }
        self.init(patterns: patterns, fitting: Array(patterns.indices), depth: 0)
    }

    private init(patterns: [Pattern], fitting: [Int], depth: Int) {
        self.patterns = patterns
        self.fitting = fitting
        self.depth = depth
        var role: MergeRole?
        for index in fitting where patterns[index].tokens.count == depth {
            let other = patterns[index].role
            role = role.map { other.precedes($0) ? other : $0 } ?? other
        }
        self.role = role
    }

    /// The place one step further, at the member called `token` or the item whose key is `token`.
    func child(_ token: String) -> Self {
        guard !fitting.isEmpty else { return self }
        let fitting = fitting.filter { index in
            let tokens = patterns[index].tokens
            return tokens.count > depth && (tokens[depth] == "*" || tokens[depth].isExactly(token))
        }
        return Self(patterns: patterns, fitting: fitting, depth: depth + 1)
    }
}
