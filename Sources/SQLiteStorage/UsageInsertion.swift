import GRDB
import GRDBSQLite
import StoragePorts

/// Adds records of calls to the table `model_call`.
///
/// A row is written for every call, so the values go to SQLite directly: through GRDB's values and arguments a row took
/// some 13 µs of a processor, most of them in metadata and copies.
@safe struct UsageInsertion {
    private static let text = """
        INSERT INTO model_call (id, time, request_id, service, consumer, surface, operation, model, provider,
            provider_model, key_label, streamed, status, outcome, attempts, input_fresh, cache_read, cache_write,
            cache_write_hour, output_text, output_reasoning, is_estimated, cost, currency, first_token_us, duration_us,
            fault)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (time, id) DO NOTHING
        """

    /// Where a text of the row is, and in which column it goes.
    private struct Place {
        var column: Int32
        var start: Int
        var count: Int
    }

    private let connection: OpaquePointer?
    private let statement: OpaquePointer
    private var bytes: [UInt8] = []
    private var places: [Place] = []
    private var column: Int32 = 0

    /// An insertion into the tables of `db`, to be used within one access to it.
    init(in db: Database) throws {
        unsafe connection = db.sqliteConnection
        unsafe statement = try db.cachedStatement(sql: Self.text).sqliteStatement
        bytes.reserveCapacity(1_024)
        places.reserveCapacity(16)
    }

    /// Adds `record`; one of the same name and time stays as it is.
    ///
    /// - Throws: What SQLite says.
    mutating func insert(_ record: ModelCallRecord) throws {
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        column = 0
        bindWho(record)
        bindWhat(record)
        try step()
    }

    private mutating func bindWho(_ record: ModelCallRecord) {
        text(record.id)
        number(record.time)
        text(record.requestID)
        text(record.service)
        text(record.consumer)
        text(record.surface)
        text(record.operation)
        text(record.model)
        text(record.provider)
        text(record.providerModel)
        text(record.key)
    }

    private mutating func bindWhat(_ record: ModelCallRecord) {
        number(record.streamed ? 1 : 0)
        number(Int64(record.status))
        text(record.outcome.rawValue)
        number(Int64(record.attempts))
        bind(record.tokens)
        number(record.isEstimated ? 1 : 0)
        number(record.cost)
        text(record.currency)
        number(record.timeToFirstToken.map(Int64.init))
        number(Int64(record.duration))
        text(record.fault)
    }

    private mutating func bind(_ tokens: TokenCounts) {
        number(tokens.inputFresh.map(Int64.init))
        number(tokens.cacheRead.map(Int64.init))
        number(tokens.cacheWrite.map(Int64.init))
        number(tokens.cacheWriteHour.map(Int64.init))
        number(tokens.outputText.map(Int64.init))
        number(tokens.outputReasoning.map(Int64.init))
    }

    private mutating func number(_ number: Int64?) {
        column += 1
        if let number {
            unsafe sqlite3_bind_int64(statement, column, number)
        } else {
            unsafe sqlite3_bind_null(statement, column)
        }
    }

    /// Keeps `text` for the next column; it is bound once all texts have their places.
    private mutating func text(_ text: String?) {
        column += 1
        guard let text else {
            unsafe sqlite3_bind_null(statement, column)
            return
        }
        let start = bytes.count
        bytes.append(contentsOf: StoredText.text(of: text).utf8)
        places.append(Place(column: column, start: start, count: bytes.count - start))
    }

    private func step() throws {
        let result = unsafe bytes.withUnsafeBufferPointer { bytes in
            // Even an empty text has an address: without one it would be NULL.
            let base = unsafe UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(bitPattern: 1))
            for place in places {
                let address = unsafe base?.advanced(by: place.start).assumingMemoryBound(to: CChar.self)
                let length = Int32(clamping: place.count)
                // SQLite does not copy what stays as it is until the step is done: no destructor, SQLITE_STATIC.
                let isBound = unsafe sqlite3_bind_text(statement, place.column, address, length, nil)
                // What is not bound would be NULL.
                guard isBound == SQLITE_OK else { return isBound }
            }
            return unsafe sqlite3_step(statement)
        }
        defer {
            unsafe sqlite3_reset(statement)
            unsafe sqlite3_clear_bindings(statement)
        }
        guard result != SQLITE_DONE else { return }
        let message = unsafe connection.flatMap { unsafe sqlite3_errmsg($0) }.map { unsafe String(cString: $0) }
        throw DatabaseError(resultCode: ResultCode(rawValue: result), message: message)
    }
}
