import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

/// Calls of one batch do not show in each other, whatever texts and numbers they hold.
struct UsageKeepingTests {
    private let folder: TemporaryFolder
    private let ledger: SQLiteUsageLedger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
    }

    /// Texts in an order in which each would show in the next if it stayed; `nil` where a column has no text.
    private static let texts: [String?] = [
        String(repeating: "long é ", count: 1_400), nil, "", String(repeating: "länger ", count: 1_300), "a\u{0}b\u{0}",
        "👩‍👩‍👧 e\u{301} \u{E9} 😀", nil, "\u{0}", "x", "",
    ]

    private static var columns: [WritableKeyPath<ModelCallRecord, String?>] {
        [\.requestID, \.consumer, \.provider, \.providerModel, \.key, \.currency, \.fault]
    }

    private static var filledColumns: [WritableKeyPath<ModelCallRecord, String>] {
        [\.service, \.surface, \.operation, \.model]
    }

    /// Every text of a record, byte by byte.
    private static func bytes(_ record: ModelCallRecord) -> [[UInt8]?] {
        let texts = columns.map { record[keyPath: $0] } + filledColumns.map { record[keyPath: $0] } + [record.id]
        return texts.map { $0.map { Array($0.utf8) } }
    }

    /// All calls, oldest first.
    private func calls() async throws -> [ModelCallRecord] {
        try await ledger.calls(UsageFilter(), after: nil, limit: 10_000).records.reversed()
    }

    private func keeps(_ records: [ModelCallRecord]) async throws -> Bool {
        let calls = try await calls()
        return calls == records && calls.map(Self.bytes) == records.map(Self.bytes)
    }

    // MARK: Texts

    @Test func `texts of any length follow each other in every column that may be empty`() async throws {
        var all: [ModelCallRecord] = []
        for column in Self.columns {
            let batch = Self.texts.enumerated().map { index, text in
                ModelCallRecord.sample(index, at: Int64(all.count + index)) { $0[keyPath: column] = text }
            }
            try await ledger.append(batch, windows: [])
            all += batch
        }
        #expect(try await keeps(all))
    }

    @Test func `texts of any length follow each other in every column that is always there`() async throws {
        var all: [ModelCallRecord] = []
        for column in Self.filledColumns {
            let batch = Self.texts.compactMap(\.self).enumerated().map { index, text in
                ModelCallRecord.sample(index, at: Int64(all.count + index)) { $0[keyPath: column] = text }
            }
            try await ledger.append(batch, windows: [])
            all += batch
        }
        #expect(try await keeps(all))
    }

    @Test func `all columns at once hold texts of their own, from row to row`() async throws {
        let texts = Self.texts
        let batch = (0..<200).map { row in
            ModelCallRecord.sample(row, at: Int64(row)) { record in
                for (place, column) in Self.columns.enumerated() {
                    record[keyPath: column] = texts[(row + place) % texts.count].map { "\(place)/\($0)" }
                }
                for (place, column) in Self.filledColumns.enumerated() {
                    record[keyPath: column] = texts[(row + 3 * place) % texts.count] ?? ""
                }
                record.id = ["é", "😀", "a\u{0}", String(repeating: "i", count: 120)][row % 4] + "\(row)"
            }
        }
        try await ledger.append(batch, windows: [])
        #expect(try await keeps(batch))
    }

    // MARK: Numbers

    @Test func `numbers are kept as they are, below zero and at the greatest`() async throws {
        let numbers: [Int] = [.min, .max, -1, 0, 1, 1 << 31, -(1 << 31), 1 << 53 + 1, Int(Int32.max), Int(UInt32.max)]
        let batch = numbers.enumerated().map { index, number in
            ModelCallRecord.sample(index, at: Int64(index), cost: Int64(number)) { record in
                record.status = number
                record.attempts = numbers[(index + 1) % numbers.count]
                record.timeToFirstToken = index == 4 ? nil : numbers[(index + 2) % numbers.count]
                record.duration = numbers[(index + 3) % numbers.count]
                let counts = (0..<6).map { $0 == index % 7 ? nil : numbers[(index + 4 + $0) % numbers.count] }
                record.tokens = TokenCounts(
                    exactly: counts[0],
                    cacheRead: counts[1],
                    cacheWrite: counts[2],
                    cacheWriteHour: counts[3],
                    outputText: counts[4],
                    outputReasoning: counts[5]
                )
                record.streamed = index % 2 == 0
                record.isEstimated = index % 3 == 0
                record.cost = index == 3 ? nil : record.cost
            }
        }
        try await ledger.append(batch, windows: [])
        #expect(try await keeps(batch))
    }

    @Test func `times reach from 1970 to the end of the year 9999`() async throws {
        let last: Int64 = 253_402_300_799_999
        let batch = [ModelCallRecord.sample(1, at: 0), .sample(2, at: last)]
        try await ledger.append(batch, windows: [])
        #expect(try await keeps(batch))
    }

    @Test func `every outcome comes back`() async throws {
        let batch = ModelCallRecord.Outcome.allCases.enumerated().map { index, outcome in
            ModelCallRecord.sample(index, at: Int64(index)) { $0.outcome = outcome }
        }
        try await ledger.append(batch, windows: [])
        #expect(try await keeps(batch))
    }
}
