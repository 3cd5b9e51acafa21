import StoragePorts

/// What holds for a block of calls, whoever wrote it: what can be read is kept when it is packed again.
enum CallBlockPromises {
    /// Reads `input` as a block: whole, narrowed, and summed up.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        guard let block = try? CallBlock(input), let records = try? block.records() else { return }
        try Disagreement.unless(records.count == block.count, "a block has more or fewer calls than it says")
        var batch = CallBatch()
        for record in records { batch.add(record) }
        guard let again = try? CallBlock(batch.packed()), let kept = try? again.records() else {
            throw Disagreement("what was packed cannot be read")
        }
        try Disagreement.unless(kept == records, "a call is not what it was before it was packed")
        try Disagreement.unless((try? again.consumers()) == batch.consumers, "consumers are told in two ways")
        try Disagreement.unless(texts(kept) == texts(records), "a text has other bytes than before it was packed")
        try narrow(block, records)
        for key in UsageKey.allCases {
            var sums = CallSums(UsageQuery(by: key))
            guard (try? sums.add(block)) != nil else { throw Disagreement("what can be listed cannot be summed up") }
            let calls = sums.totals.reduce(0) { $0 &+ $1.calls }
            try Disagreement.unless(calls == records.count, "a sum has more or fewer calls than the block")
        }
    }

    private static func texts(_ records: [ModelCallRecord]) -> [[UInt8]] {
        records.flatMap {
            [$0.id, $0.requestID ?? "", $0.model, $0.consumer ?? "", $0.fault ?? ""].map { Array($0.utf8) }
        }
    }

    private static func narrow(_ block: CallBlock, _ records: [ModelCallRecord]) throws(Disagreement) {
        guard let middle = records.dropFirst(records.count / 2).first else { return }
        var filter = UsageFilter()
        filter.model = middle.model
        filter.consumer = middle.consumer
        filter.since = middle.time
        let cursor = UsageCursor(behind: middle)
        let expected = records.filter { filter.admits($0) && UsageCursor(behind: $0).comesBehind(cursor) }
        try Disagreement.unless((try? block.records(filter, after: cursor)) == expected, "a filter admits others")
    }
}
