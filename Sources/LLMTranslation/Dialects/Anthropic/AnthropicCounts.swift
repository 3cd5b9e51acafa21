import HTTPSemantics

/// The vendor's own counts, kept as told until all are: later ones replace earlier ones, and some are parts of others.
struct AnthropicCounts {
    private var fresh: Int?
    private var read: Int?
    private var written: Int?
    private var writtenFiveMinutes: Int?
    private var writtenHour: Int?
    private var output: Int?
    private var thinking: Int?
    /// What was spent on summing up what came before, which the counts above leave out though it is billed.
    private var summaries: [Usage] = []

    /// Whether anything was told.
    var isKnown: Bool {
        fresh != nil || read != nil || written != nil || writtenFiveMinutes != nil || writtenHour != nil
            || output != nil
            || thinking != nil
    }

    /// Takes over what `usage` tells: totals so far, so they replace and are never added.
    mutating func update(with usage: JSONObject) {
        Self.take(usage["input_tokens"], into: &fresh)
        Self.take(usage["cache_read_input_tokens"], into: &read)
        Self.take(usage["cache_creation_input_tokens"], into: &written)
        Self.take(usage["cache_creation"]?["ephemeral_5m_input_tokens"], into: &writtenFiveMinutes)
        Self.take(usage["cache_creation"]?["ephemeral_1h_input_tokens"], into: &writtenHour)
        Self.take(usage["output_tokens"], into: &output)
        Self.take(usage["output_tokens_details"]?["thinking_tokens"], into: &thinking)
        if let steps = usage["iterations"]?.array { summaries = steps.compactMap(Self.summary) }
    }

    /// The counts of one step of an answer, if that was a summing up.
    private static func summary(_ step: JSONValue) -> Usage? {
        guard step["type"]?.string == "compaction", var object = step.object else { return nil }
        object.remove("iterations")
        var counts = AnthropicCounts()
        counts.update(with: object)
        return counts.usage
    }

    /// The counts, each class apart.
    var usage: Usage {
        var usage = Usage(inputFresh: fresh, cacheRead: read)
        if let written {
            // The split by lifetime may be older than the total.
            let hour = writtenHour.map { min($0, written) }
            usage.cacheWriteHour = hour
            usage.cacheWrite = written - (hour ?? 0)
        } else {
            usage.cacheWrite = writtenFiveMinutes
            usage.cacheWriteHour = writtenHour
        }
        let thought = thinking.map { min($0, output ?? $0) }
        usage.outputText = output.map { $0 - (thought ?? 0) }
        usage.outputReasoning = thought
        return summaries.reduce(usage) { $0.adding($1) }
    }

    private static func take(_ value: JSONValue?, into count: inout Int?) {
        if let told = Usage.count(value?.integer) { count = told }
    }

    /// The object of counts that `usage` becomes; input and output, which must be there, are 0 where nobody knows.
    static func object(of usage: Usage?, withLifetimes: Bool = true) -> JSONObject {
        let usage = usage ?? Usage()
        var object = JSONObject()
        object.set("input_tokens", count: usage.inputFresh ?? 0)
        if usage.cacheWrite != nil || usage.cacheWriteHour != nil {
            object.set("cache_creation_input_tokens", count: (usage.cacheWrite ?? 0) &+ (usage.cacheWriteHour ?? 0))
        }
        object.set("cache_read_input_tokens", count: usage.cacheRead)
        if withLifetimes, let hour = usage.cacheWriteHour {
            let lifetimes: JSONValue = [
                "ephemeral_5m_input_tokens": .number(JSONNumber(usage.cacheWrite ?? 0)),
                "ephemeral_1h_input_tokens": .number(JSONNumber(hour)),
            ]
            object.set("cache_creation", to: lifetimes)
        }
        object.set("output_tokens", count: usage.output)
        if let thinking = usage.outputReasoning {
            object.set("output_tokens_details", to: ["thinking_tokens": .number(JSONNumber(thinking))])
        }
        return object
    }
}
