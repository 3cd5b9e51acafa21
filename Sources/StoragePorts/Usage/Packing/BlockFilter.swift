import HTTPSemantics

/// A filter in the terms of one block: names by their place in it.
struct BlockFilter {
    /// Whether no call of the block can pass.
    let isEmpty: Bool
    private let since: Int64
    private let until: Int64
    private let wanted: [(field: PackedNames.Field, place: Int)]

    /// What `filter` asks of the calls of `block`.
    init(_ filter: UsageFilter, in block: CallBlock) {
        let names: [(PackedNames.Field, String?)] = [
            (.service, filter.service), (.consumer, filter.consumer), (.model, filter.model),
            (.provider, filter.provider),
        ]
        var wanted: [(field: PackedNames.Field, place: Int)] = []
        var isEmpty = false
        for case (let field, let name?) in names {
            guard let index = block.names.firstIndex(where: { ExactText($0) == ExactText(name) }) else {
                isEmpty = true
                continue
            }
            wanted.append((field, index + 1))
        }
        self.wanted = wanted
        self.isEmpty = isEmpty
        since = filter.since ?? .min
        until = filter.until ?? .max
    }

    /// Whether `call` passes.
    func admits(_ call: PackedCall) -> Bool {
        guard call.time >= since, call.time < until || until == .max else { return false }
        return wanted.allSatisfy { call.place(of: $0.field) == $0.place }
    }
}
