import StoragePorts

/// What holds for a block of calls, whoever wrote it: what can be read is kept when it is packed again.
enum CallBlockPromises {
    /// Reads `input` as a block in every way there is.
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
        for key in UsageKey.allCases {
            var sums = CallSums(UsageQuery(by: key))
            guard (try? sums.add(block)) != nil else { throw Disagreement("what can be listed cannot be summed up") }
            let calls = sums.totals.reduce(0) { $0 &+ $1.calls }
            try Disagreement.unless(calls == records.count, "a sum has more or fewer calls than the block")
        }
    }
}
