import GRDB
import StoragePorts

/// Turns rows of the table `model_call` into records of calls; ``UsageInsertion`` makes them.
enum UsageRow {
    /// The record of a row with all columns of the table.
    static func record(of row: Row) throws -> ModelCallRecord {
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

    /// The columns of tokens in the order of ``TokenCounts/classes``.
    static let tokenColumns = [
        "input_fresh", "cache_read", "cache_write", "cache_write_hour", "output_text", "output_reasoning",
    ]

    /// The tokens of a row that has all columns of tokens.
    static func tokens(of row: Row) -> TokenCounts {
        TokenCounts(summing: tokenColumns.map { row[$0] })
    }
}
