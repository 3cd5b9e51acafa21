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
        guard let outcome = ModelCallRecord.Outcome(rawValue: row["outcome"]) else {
            throw DatabaseError(message: "a call has an unknown outcome")
        }
        var record = ModelCallRecord(
            id: row["id"],
            time: row["time"],
            service: row["service"],
            surface: row["surface"],
            operation: row["operation"],
            model: row["model"],
            outcome: outcome
        )
        record.requestID = row["request_id"]
        record.consumer = row["consumer"]
        record.provider = row["provider"]
        record.providerModel = row["provider_model"]
        record.key = row["key_label"]
        record.streamed = row["streamed"]
        record.status = row["status"]
        record.attempts = row["attempts"]
        record.tokens = tokens(of: row)
        record.isEstimated = row["is_estimated"]
        record.cost = row["cost"]
        record.currency = row["currency"]
        record.timeToFirstToken = row["first_token_us"]
        record.duration = row["duration_us"]
        record.fault = row["fault"]
        return record
    }

    private static func tokens(of row: Row) -> TokenCounts {
        TokenCounts(
            exactly: row["input_fresh"],
            cacheRead: row["cache_read"],
            cacheWrite: row["cache_write"],
            cacheWriteHour: row["cache_write_hour"],
            outputText: row["output_text"],
            outputReasoning: row["output_reasoning"]
        )
    }
}
