import Catalog
import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// Sums of usage as JSON.
///
/// ```
/// { "by", "since",                           "since": null from the beginning
///   "items": [ {
///     "key",                                 null for calls that have no value, such as those of unknown consumers
///     "calls", "failed", "estimated",        "estimated": how many calls have tokens that were not counted exactly
///     "tokens": { "input",                   all input, and the parts of it that a cache gave or took
///                 "cache_read", "cache_write",
///                 "output", "reasoning" },   all output, and the part of it that was reasoning
///     "cost": [ { "amount", "currency" } ]   exact decimal text; calls without a known price are not in it
///   } ] }
/// ```
struct UsageDocument {
    /// What was summed up by.
    let key: UsageKey
    /// From when on, in milliseconds since 1970.
    let since: Int64?
    /// The sums, in their order.
    let totals: [UsageTotal]

    /// What was summed up by, from when on, and the sums.
    var json: JSONValue {
        ["by": .string(key.rawValue), "since": .time(since), "items": .array(totals.map(Self.json))]
    }

    private static func json(_ total: UsageTotal) -> JSONValue {
        let tokens = total.tokens
        return [
            "key": .text(total.key),
            "calls": .integer(total.calls),
            "failed": .integer(total.failed),
            "estimated": .integer(total.estimated),
            "tokens": [
                "input": .integer(tokens.input ?? 0),
                "cache_read": .integer(tokens.cacheRead ?? 0),
                "cache_write": .integer(tokens.cacheWritten ?? 0),
                "output": .integer(tokens.output ?? 0),
                "reasoning": .integer(tokens.outputReasoning ?? 0),
            ],
            "cost": .array(total.costs.map(json)),
        ]
    }

    /// An amount of money, exact.
    static func json(_ cost: UsageCost) -> JSONValue {
        ["amount": .string(MoneyText.text(cost.picounits)), "currency": .string(cost.currency)]
    }
}
