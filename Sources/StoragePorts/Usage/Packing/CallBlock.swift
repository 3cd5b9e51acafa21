/// A block of calls, as ``CallBatch`` packed it.
package struct CallBlock {
    /// How many calls it says it has.
    package let count: Int
    /// The names, each once.
    let names: [String]
    private let bytes: [UInt8]
    private let start: Int

    /// The least that a call takes: no block has more calls than its bytes allow.
    private static let leastSize = 16

    /// Reads the head of a block; its calls are read as they are asked for.
    package init(_ bytes: [UInt8]) throws(DamagedBlock) {
        var reader = PackedReader(bytes)
        guard try reader.byte() == CallBatch.version else { throw DamagedBlock() }
        var names: [String] = []
        for _ in 0..<(try reader.count(upTo: reader.left)) {
            let place = try reader.skip(try reader.count(upTo: reader.left))
            names.append(String(decoding: bytes[place], as: UTF8.self))
        }
        count = try reader.count(upTo: reader.left / Self.leastSize)
        start = reader.place
        self.names = names
        self.bytes = bytes
    }

    /// The calls, in the order in which they were packed.
    package func records() throws(DamagedBlock) -> [ModelCallRecord] {
        var records: [ModelCallRecord] = []
        records.reserveCapacity(count)
        try forEach { call in records.append(record(of: call)) }
        return records
    }

    /// The calls that `filter` admits and that come behind `cursor`, in the order in which they were packed.
    package func records(
        _ filter: UsageFilter,
        after cursor: UsageCursor?
    ) throws(DamagedBlock) -> [ModelCallRecord] {
        let wish = BlockFilter(filter, in: self)
        var records: [ModelCallRecord] = []
        guard !wish.isEmpty else { return records }
        try forEach { call in
            guard wish.admits(call), cursor.map({ call.time <= $0.time }) ?? true else { return }
            let record = record(of: call)
            if let cursor, !UsageCursor(behind: record).comesBehind(cursor) { return }
            records.append(record)
        }
        return records
    }

    /// The consumers of the calls, each once.
    package func consumers() throws(DamagedBlock) -> [String] {
        var places: [Int] = []
        try forEach { call in
            let place = call.place(of: .consumer)
            if place != 0, !places.contains(place) { places.append(place) }
        }
        return places.compactMap(name)
    }

    /// Hands out each call.
    func forEach(_ body: (PackedCall) -> Void) throws(DamagedBlock) {
        var reader = PackedReader(bytes, from: start)
        var time: Int64 = 0
        for _ in 0..<count {
            let call = try PackedCall.read(&reader, after: time, nameCount: names.count)
            time = call.time
            body(call)
        }
        guard reader.left == 0 else { throw DamagedBlock() }
    }

    /// The name at `place`, counted from 1; `nil` for 0.
    func name(_ place: Int) -> String? { place == 0 ? nil : names[place - 1] }

    private func record(of call: PackedCall) -> ModelCallRecord {
        func text(_ field: PackedNames.Field) -> String? { name(call.place(of: field)) }
        var record = ModelCallRecord(
            id: call.id.text(in: bytes),
            time: call.time,
            service: text(.service) ?? "",
            surface: text(.surface) ?? "",
            operation: text(.operation) ?? "",
            model: text(.model) ?? "",
            outcome: call.outcome
        )
        record.requestID = call.requestID?.text(in: bytes)
        record.consumer = text(.consumer)
        record.provider = text(.provider)
        record.providerModel = text(.providerModel)
        record.key = text(.key)
        record.streamed = call.streamed
        record.status = call.status
        record.attempts = call.attempts
        record.tokens = call.tokens
        record.isEstimated = call.isEstimated
        record.cost = call.cost
        record.currency = text(.currency)
        record.timeToFirstToken = call.timeToFirstToken
        record.duration = call.duration
        record.fault = text(.fault)
        return record
    }
}
