package import StoragePorts

extension ModelCallRecord {
    /// A record for tests: the `number`th call, at `time`.
    package static func sample(
        _ number: Int,
        at time: Int64 = 1_700_000_000_000,
        cost: Int64? = nil,
        change: (inout ModelCallRecord) -> Void = { _ in }
    ) -> ModelCallRecord {
        var record = ModelCallRecord(
            id: "call-\(number)",
            time: time,
            service: "ai",
            surface: "openai-chat",
            operation: "chat",
            model: "fast",
            outcome: .completed
        )
        record.status = 200
        record.attempts = 1
        record.cost = cost
        record.currency = cost == nil ? nil : "USD"
        change(&record)
        return record
    }

    /// A record with every field set, and texts that are hard to keep.
    package static func full(
        _ number: Int,
        at time: Int64 = 1_700_000_000_000,
        change: (inout ModelCallRecord) -> Void = { _ in }
    ) -> ModelCallRecord {
        sample(number, at: time, cost: .max) { record in
            record.requestID = "request/\(number)"
            record.consumer = "ünï/😀"
            record.provider = "it's \"a\"; DROP TABLE call_block; --"
            record.providerModel = "llama3.2:3b"
            record.key = "key-1"
            record.streamed = true
            record.outcome = .cut
            record.attempts = 3
            record.tokens = TokenCounts(
                inputFresh: 1,
                cacheRead: 2,
                cacheWrite: 3,
                cacheWriteHour: 4,
                outputText: 0,
                outputReasoning: TokenCounts.most
            )
            record.isEstimated = true
            record.timeToFirstToken = 250
            record.duration = 1_250_000
            record.fault = "the provider closed\nits connection"
            change(&record)
        }
    }
}
