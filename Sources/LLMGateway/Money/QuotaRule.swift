import Catalog
import DataPlane

/// A limit on what a consumer, or a group of them, may use within a window, compiled.
struct QuotaRule: Sendable, Equatable {
    /// What is limited.
    enum Subject: Sendable, Equatable {
        /// Money, in picounits of this currency.
        case money(String)
        /// Tokens, input and output together.
        case tokens
    }

    /// Names the window for the life of the data directory: `consumer/alice/budget/USD`, `group/team/tokens`.
    let key: String
    /// Whose limit it is, in words.
    let owner: String
    /// What is limited.
    let subject: Subject
    /// The most within a window.
    let limit: Int64
    /// The window's length (ms).
    let length: Int64

    /// The limits of a consumer: its own and those of its groups.
    static func rules(for consumer: Consumer, in configuration: Configuration) -> [QuotaRule] {
        let name = consumer.name.text
        var rules = Self.rules(
            "consumer/\(name)",
            "the consumer «\(name)»",
            budget: consumer.budget,
            tokens: consumer.tokens
        )
        for group in configuration.groups where consumer.groups.contains(group.name) {
            rules += Self.rules(
                "group/\(group.name)",
                "the group «\(group.name)»",
                budget: group.budget,
                tokens: group.tokens
            )
        }
        return rules
    }

    private static func rules(_ key: String, _ owner: String, budget: Budget?, tokens: TokenQuota?) -> [QuotaRule] {
        var rules: [QuotaRule] = []
        if let budget {
            rules.append(
                QuotaRule(
                    key: "\(key)/budget/\(budget.amount.currency.code)",
                    owner: owner,
                    subject: .money(budget.amount.currency.code),
                    limit: budget.amount.picounits,
                    length: Int64(clamping: budget.every.wholeMilliseconds)
                )
            )
        }
        if let tokens {
            rules.append(
                QuotaRule(
                    key: "\(key)/tokens",
                    owner: owner,
                    subject: .tokens,
                    limit: Int64(clamping: tokens.quota),
                    length: Int64(clamping: tokens.window.wholeMilliseconds)
                )
            )
        }
        return rules
    }
}
