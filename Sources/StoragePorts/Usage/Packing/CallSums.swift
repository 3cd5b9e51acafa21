import HTTPSemantics

/// Sums up blocks by a key: within a block by places of names, so that no text is made for a call.
package struct CallSums {
    private let query: UsageQuery
    private var sums: [ExactText?: UsageTotal] = [:]

    private static let day = RollupSpan.day.rawValue

    /// Sums for `query`, of nothing yet.
    package init(_ query: UsageQuery) { self.query = query }

    /// The sums, in no order.
    package var totals: [UsageTotal] { Array(sums.values) }

    /// Adds what `block` has.
    package mutating func add(_ block: CallBlock) throws(DamagedBlock) {
        let wish = BlockFilter(query.filter, in: block)
        guard !wish.isEmpty else { return }
        var parts: [Int: UsageTotal] = [:]
        try block.forEach { call in
            guard wish.admits(call) else { return }
            let currency = call.cost == nil ? nil : block.name(call.place(of: .currency))
            parts[slot(of: call, block), default: UsageTotal(key: nil)].add(call, currency)
        }
        for (slot, part) in parts {
            let value = value(of: slot, block)
            sums[value.map(ExactText.init), default: UsageTotal(key: value)].add(part)
        }
    }

    /// The number under which `call` is summed up within its block.
    private func slot(of call: PackedCall, _ block: CallBlock) -> Int {
        switch query.key {
        case .consumer: call.place(of: .consumer)
        case .model: call.place(of: .model)
        case .provider: call.place(of: .provider)
        case .service: call.place(of: .service)
        case .outcome: CallBatch.outcomes.firstIndex(of: call.outcome) ?? 0
        case .day: Int(call.time / Self.day)
        case .key: keySlot(call.place(of: .provider), call.place(of: .key), block.names.count)
        }
    }

    private func value(of slot: Int, _ block: CallBlock) -> String? {
        switch query.key {
        case .consumer, .model, .provider, .service: return block.name(slot)
        case .outcome: return CallBatch.outcomes[slot].rawValue
        case .day: return UsageKey.day(of: Int64(slot) * Self.day)
        case .key:
            let width = block.names.count + 1
            guard let provider = block.name(slot / width), let key = block.name(slot % width) else { return nil }
            return provider + "/" + key
        }
    }

    private func keySlot(_ provider: Int, _ key: Int, _ names: Int) -> Int {
        provider == 0 || key == 0 ? 0 : provider * (names + 1) + key
    }
}

extension UsageTotal {
    /// Counts `call` too, whose cost is in `currency`.
    fileprivate mutating func add(_ call: PackedCall, _ currency: String?) {
        calls &+= 1
        failed &+= call.outcome.isFailure ? 1 : 0
        estimated &+= call.isEstimated ? 1 : 0
        tokens = tokens.adding(call.tokens)
        if let cost = call.cost { add(Int128(cost), of: currency ?? ModelCallRecord.noCurrency) }
    }

    /// Counts all that `other` counted.
    fileprivate mutating func add(_ other: UsageTotal) {
        calls &+= other.calls
        failed &+= other.failed
        estimated &+= other.estimated
        tokens = tokens.adding(other.tokens)
        for cost in other.costs { add(cost.picounits, of: cost.currency) }
    }
}
