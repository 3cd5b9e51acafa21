/// One call of a block as it is read: numbers, and names by their place in the block.
struct PackedCall {
    /// When it arrived, in milliseconds since 1970 UTC.
    var time: Int64 = 0
    /// Its name.
    var id: PackedIdentifier
    /// Its request.
    var requestID: PackedIdentifier?
    /// The names, by ``PackedNames/Field``: places counted from 1, 0 for none.
    var names: InlineArray<10, Int> = InlineArray(repeating: 0)
    /// How it ended.
    var outcome: ModelCallRecord.Outcome
    /// Whether it was asked for as a stream.
    var streamed: Bool
    /// Whether its tokens are estimates.
    var isEstimated: Bool
    /// The status the client got.
    var status = 0
    /// How many times a provider was asked.
    var attempts = 0
    /// From the arrival to the end, in microseconds.
    var duration = 0
    /// The tokens.
    var tokens = TokenCounts()
    /// The cost in picounits.
    var cost: Int64?
    /// From the arrival to the first token, in microseconds.
    var timeToFirstToken: Int?

    /// Where the name of `field` is, counted from 1; 0 if there is none.
    func place(of field: PackedNames.Field) -> Int { names[field.rawValue] }
}

extension PackedCall {
    /// The next call that `reader` finds, in a block of `nameCount` names whose call before was at `lastTime`.
    static func read(
        _ reader: inout PackedReader,
        after lastTime: Int64,
        nameCount: Int
    ) throws(DamagedBlock) -> PackedCall {
        let time = lastTime &+ (try reader.signed())
        let how = try reader.byte()
        let told = try reader.byte()
        let outcome = Int(how >> CallBatch.outcomeShift)
        guard ModelCallRecord.times.contains(time), outcome < CallBatch.outcomes.count,
            let id = try PackedIdentifier.read(&reader)
        else { throw DamagedBlock() }
        var call = PackedCall(
            id: id,
            requestID: try PackedIdentifier.read(&reader),
            outcome: CallBatch.outcomes[outcome],
            streamed: how & CallBatch.streamed != 0,
            isEstimated: how & CallBatch.estimated != 0
        )
        call.time = time
        for field in PackedNames.Field.allCases { call.names[field.rawValue] = try reader.count(upTo: nameCount) }
        guard PackedNames.needed.allSatisfy({ call.place(of: $0) != 0 }) else { throw DamagedBlock() }
        try call.readNumbers(&reader, told)
        return call
    }

    private mutating func readNumbers(_ reader: inout PackedReader, _ told: UInt8) throws(DamagedBlock) {
        status = Int(try reader.signed())
        attempts = Int(try reader.signed())
        duration = Int(try reader.signed())
        tokens = TokenCounts(
            exactly: try reader.signed(if: told & 1 != 0).map(Int.init),
            cacheRead: try reader.signed(if: told & 2 != 0).map(Int.init),
            cacheWrite: try reader.signed(if: told & 4 != 0).map(Int.init),
            cacheWriteHour: try reader.signed(if: told & 8 != 0).map(Int.init),
            outputText: try reader.signed(if: told & 16 != 0).map(Int.init),
            outputReasoning: try reader.signed(if: told & 32 != 0).map(Int.init)
        )
        cost = try reader.signed(if: told & CallBatch.cost != 0)
        timeToFirstToken = try reader.signed(if: told & CallBatch.firstToken != 0).map(Int.init)
    }
}

extension PackedNames {
    /// The fields that every call has.
    static let needed: [Field] = [.service, .surface, .operation, .model]
}
