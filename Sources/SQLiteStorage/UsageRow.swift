import GRDB
import StoragePorts

/// Reads the table `model_call`, in which the first form of the ledger had a row for every call.
enum UsageRow {
    /// Calls packed into one block.
    private static let stride = 512

    /// Packs all rows of `db` into `blocks`, oldest first.
    static func pack(into blocks: UsageBlocks, from db: Database) throws {
        var batch = CallBatch(reservingFor: stride)
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM model_call ORDER BY time, id")
        while let row = try rows.next() {
            batch.add(try record(of: row))
            guard batch.count == stride else { continue }
            try blocks.insert(batch)
            batch = CallBatch(reservingFor: stride)
        }
        try blocks.insert(batch)
    }

    private static func record(of row: Row) throws -> ModelCallRecord {
        guard let outcome = ModelCallRecord.Outcome(rawValue: try value(row, "outcome")) else { throw damage }
        var record = ModelCallRecord(
            id: try value(row, "id"),
            time: try value(row, "time"),
            service: try value(row, "service"),
            surface: try value(row, "surface"),
            operation: try value(row, "operation"),
            model: try value(row, "model"),
            outcome: outcome
        )
        guard record.objection == nil else { throw damage }
        record.requestID = try optional(row, "request_id")
        record.consumer = try optional(row, "consumer")
        record.provider = try optional(row, "provider")
        record.providerModel = try optional(row, "provider_model")
        record.key = try optional(row, "key_label")
        record.streamed = try value(row, "streamed")
        record.status = try value(row, "status")
        record.attempts = try value(row, "attempts")
        record.tokens = try tokens(of: row)
        record.isEstimated = try value(row, "is_estimated")
        record.cost = try optional(row, "cost")
        record.currency = try optional(row, "currency")
        record.timeToFirstToken = try optional(row, "first_token_us")
        record.duration = try value(row, "duration_us")
        record.fault = try optional(row, "fault")
        return record
    }

    private static func tokens(of row: Row) throws -> TokenCounts {
        TokenCounts(
            exactly: try optional(row, "input_fresh"),
            cacheRead: try optional(row, "cache_read"),
            cacheWrite: try optional(row, "cache_write"),
            cacheWriteHour: try optional(row, "cache_write_hour"),
            outputText: try optional(row, "output_text"),
            outputReasoning: try optional(row, "output_reasoning")
        )
    }

    private static let damage = DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a call is not what was written")

    // Asked for as what they should be, values of another kind would end the process.
    private static func value<Value: DatabaseValueConvertible>(_ row: Row, _ column: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(row[column] as DatabaseValue) else { throw damage }
        return value
    }

    private static func optional<Value: DatabaseValueConvertible>(_ row: Row, _ column: String) throws -> Value? {
        let stored: DatabaseValue = row[column]
        return stored.isNull ? nil : try value(row, column) as Value
    }
}
