import GRDB
import StoragePorts

/// Turns records of calls into rows of the table `model_call` and back.
enum UsageRow {
    /// Adds one record; the values are those of ``values(of:)``.
    static let insertion = """
        INSERT INTO model_call (id, time, request_id, service, consumer, surface, operation, model, provider,
            provider_model, key_label, streamed, status, outcome, attempts, input_fresh, cache_read, cache_write,
            cache_write_hour, output_text, output_reasoning, is_estimated, cost, currency, first_token_us, duration_us,
            fault)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (time, id) DO NOTHING
        """

    /// The values of `record` in the order of ``insertion``.
    static func values(of record: ModelCallRecord) -> StatementArguments {
        // A row is written for every call: values of one type, put where they belong, are the cheapest.
        var values: [DatabaseValue] = []
        values.reserveCapacity(27)
        values += [text(record.id), record.time.databaseValue, text(record.requestID), text(record.service)]
        values += [text(record.consumer), text(record.surface), text(record.operation), text(record.model)]
        values += [text(record.provider), text(record.providerModel), text(record.key)]
        values += [record.streamed.databaseValue, record.status.databaseValue, text(record.outcome.rawValue)]
        values.append(record.attempts.databaseValue)
        for count in record.tokens.classes { values.append(number(count)) }
        values += [record.isEstimated.databaseValue, record.cost?.databaseValue ?? .null, text(record.currency)]
        values += [number(record.timeToFirstToken), record.duration.databaseValue, text(record.fault)]
        return StatementArguments(values)
    }

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

    private static func text(_ text: String?) -> DatabaseValue {
        text.map { StoredText.text(of: $0).databaseValue } ?? .null
    }

    private static func number(_ number: Int?) -> DatabaseValue { number?.databaseValue ?? .null }
}
