/// Calls on their way to the usage ledger, packed into a block: each name once, and numbers as short as they are.
///
/// A call takes some 60 bytes; a row of its own took 260, and several times as long.
/// A block is its version (1 byte); the names, as their number and each with its length in bytes; the number of calls; and the
/// calls: time since the one before, two bytes of flags, identifier, request, names, and numbers. ``CallBlock`` reads it.
package struct CallBatch: Sendable {
    /// The form that is written.
    static let version: UInt8 = 1
    /// How calls end, by their number in a block; only ever added to.
    static let outcomes: [ModelCallRecord.Outcome] = [.completed, .failed, .cancelled, .cut, .cached, .refused]
    /// Bit of the first flags: asked for as a stream.
    static let streamed: UInt8 = 1
    /// Bit of the first flags: tokens are estimates.
    static let estimated: UInt8 = 2
    /// Where the first flags have the outcome.
    static let outcomeShift: UInt8 = 2
    /// Bit of the second flags: there is a cost; those below are for the classes of tokens.
    static let cost: UInt8 = 64
    /// Bit of the second flags: there is a time to the first token.
    static let firstToken: UInt8 = 128

    private var calls: [UInt8] = []
    private var names = PackedNames()
    private var lastTime: Int64 = 0
    private var consumerNumbers: [UInt64] = []

    /// How many calls are packed.
    package private(set) var count = 0
    /// The earliest time of a call; `Int64.max` if there is none.
    package private(set) var first = Int64.max
    /// The latest time of a call; `Int64.min` if there is none.
    package private(set) var last = Int64.min

    /// A batch of nothing yet, with room for `count` calls of the usual size.
    package init(reservingFor count: Int = 0) {
        calls.reserveCapacity(max(0, min(count, 1 << 20)) * 72)
    }

    /// The consumers of the calls, each once.
    package var consumers: [String] { consumerNumbers.map { names.names[Int($0) - 1] } }

    /// Adds `record`, to which ``ModelCallRecord/objection`` has nothing to say.
    package mutating func add(_ record: ModelCallRecord) {
        calls.appendSigned(record.time &- lastTime)
        lastTime = record.time
        first = min(first, record.time)
        last = max(last, record.time)
        count += 1
        addFlags(record)
        PackedIdentifier.append(record.id, to: &calls)
        PackedIdentifier.append(record.requestID, to: &calls)
        addNames(record)
        addNumbers(record)
    }

    /// The block of all that was added.
    package func packed() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(calls.count + names.names.count * 32 + 16)
        bytes.append(Self.version)
        bytes.appendShort(UInt64(names.names.count))
        for name in names.names {
            bytes.appendShort(UInt64(name.utf8.count))
            bytes.append(contentsOf: name.utf8)
        }
        bytes.appendShort(UInt64(count))
        bytes.append(contentsOf: calls)
        return bytes
    }

    private mutating func addFlags(_ record: ModelCallRecord) {
        let outcome = Self.outcomes.firstIndex(of: record.outcome) ?? 0
        let how = (record.streamed ? Self.streamed : 0) | (record.isEstimated ? Self.estimated : 0)
        calls.append(how | UInt8(truncatingIfNeeded: outcome) << Self.outcomeShift)
        var told = (record.cost == nil ? 0 : Self.cost) | (record.timeToFirstToken == nil ? 0 : Self.firstToken)
        told |= Self.classes(of: record.tokens)
        calls.append(told)
    }

    private mutating func addNames(_ record: ModelCallRecord) {
        add(record.service, as: .service)
        add(record.surface, as: .surface)
        add(record.operation, as: .operation)
        add(record.model, as: .model)
        let consumer = add(record.consumer, as: .consumer)
        if consumer != 0, !consumerNumbers.contains(consumer) { consumerNumbers.append(consumer) }
        add(record.provider, as: .provider)
        add(record.providerModel, as: .providerModel)
        add(record.key, as: .key)
        add(record.currency, as: .currency)
        add(record.fault, as: .fault)
    }

    private mutating func addNumbers(_ record: ModelCallRecord) {
        calls.appendSigned(Int64(record.status))
        calls.appendSigned(Int64(record.attempts))
        calls.appendSigned(Int64(record.duration))
        add(record.tokens.inputFresh)
        add(record.tokens.cacheRead)
        add(record.tokens.cacheWrite)
        add(record.tokens.cacheWriteHour)
        add(record.tokens.outputText)
        add(record.tokens.outputReasoning)
        if let cost = record.cost { calls.appendSigned(cost) }
        if let time = record.timeToFirstToken { calls.appendSigned(Int64(time)) }
    }

    /// The classes that `tokens` tells of, a bit each.
    private static func classes(of tokens: TokenCounts) -> UInt8 {
        (tokens.inputFresh == nil ? 0 : 1) | (tokens.cacheRead == nil ? 0 : 2) | (tokens.cacheWrite == nil ? 0 : 4)
            | (tokens.cacheWriteHour == nil ? 0 : 8) | (tokens.outputText == nil ? 0 : 16)
            | (tokens.outputReasoning == nil ? 0 : 32)
    }

    private mutating func add(_ count: Int?) {
        if let count { calls.appendSigned(Int64(count)) }
    }

    @discardableResult
    private mutating func add(_ name: String?, as field: PackedNames.Field) -> UInt64 {
        let number = names.number(of: name, as: field)
        calls.appendShort(number)
        return number
    }
}
