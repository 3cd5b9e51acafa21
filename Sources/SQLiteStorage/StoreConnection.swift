import GRDB
import StoragePorts
import Synchronization

/// The open database of a store: opened when it is first possible, and begun anew when the file is damaged.
final class StoreConnection: Sendable {
    private let file: StoreFile
    private let isReadOnly: Bool
    private let report: @Sendable (String) -> Void
    private let thread: PatientThread?
    private let connection = Mutex<(any DatabaseWriter)?>(nil)

    /// A connection to `file`, not open yet; `report` gets a sentence when a damaged file is moved aside.
    ///
    /// Writes are carried out on `thread` if there is one.
    init(
        to file: StoreFile,
        isReadOnly: Bool = false,
        on thread: PatientThread? = nil,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.file = file
        self.isReadOnly = isReadOnly
        self.thread = thread
        self.report = report
    }

    /// Opens the file for a server that starts; a fault that may pass is met again by the next call.
    ///
    /// - Parameter isNeeded: Whether the server will not start without the store; else the fault is reported at once.
    /// - Throws: `tooNew`, or `directoryUnwritable`.
    func openAtStart(isNeeded: Bool) throws(StoreError) {
        do {
            try open()
        } catch  where error.code == .tooNew || error.code == .directoryUnwritable {
            throw error
        } catch {
            if !isNeeded { report(error.summary) }
        }
    }

    /// Opens the file if it is not open.
    func open() throws(StoreError) { _ = try database() }

    /// Closes the file once running calls are done; a later call opens it again.
    func close() {
        connection.withLock { $0 = nil }
    }

    /// Runs `body` on a state of the database that nobody changes meanwhile.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = try database()
        do {
            return try await database.read(body)
        } catch {
            throw translated(error)
        }
    }

    /// Runs `body` as one transaction, to its end even if the calling task is cancelled: the last flush of a server
    /// that stops happens in a cancelled task.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = try database()
        switch await written(by: database, body) {
        case .success(let value): return value
        case .failure(let error): throw translated(error)
        }
    }

    private func written<Value: Sendable>(
        by database: any DatabaseWriter,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async -> Result<Value, any Error> {
        if let thread { return await thread.run { Result { try database.write(body) } } }
        return await withCheckedContinuation { continuation in
            database.asyncWrite(body) { _, result in continuation.resume(returning: result) }
        }
    }

    /// What came of asking for the open database.
    private struct Opening {
        var database: (any DatabaseWriter)?
        var fault: StoreError?
        var notice: String?
    }

    /// The open database; opens it if that has not been possible before.
    private func database() throws(StoreError) -> any DatabaseWriter {
        let opening = connection.withLock { (connection: inout (any DatabaseWriter)?) -> Opening in
            // Opening inside the lock is meant: nobody else can do anything useful before it is done.
            var opening = Opening(database: connection)
            guard connection == nil else { return opening }
            do {
                opening.database = try open(&opening.notice)
            } catch {
                opening.fault = StoreError(error, of: file.kind, at: file.path)
            }
            connection = opening.database
            return opening
        }
        if let notice = opening.notice { report(notice) }
        if let database = opening.database { return database }
        throw opening.fault ?? StoreError(.failed, "The database \(file.path) could not be opened.")
    }

    private func open(_ notice: inout String?) throws -> any DatabaseWriter {
        guard !isReadOnly else { return try file.openForReading() }
        if let aside = file.moveAsideIfDamaged() { notice = self.notice(of: aside) }
        do {
            return try file.open()
        } catch  where StoreError(error, of: file.kind, at: file.path).code == .corrupt {
            guard let aside = file.moveAside() else { throw error }
            notice = self.notice(of: aside)
            return try file.open()
        }
    }

    private func notice(of aside: String) -> String {
        "The \(file.kind.noun) was damaged and has been moved to \(aside); a new one was begun."
    }

    /// What `error` means; a damaged file is given up, so that the next call begins a new one.
    private func translated(_ error: any Error) -> StoreError {
        let fault = StoreError(error, of: file.kind, at: file.path)
        if fault.code == .corrupt && !isReadOnly {
            file.markDamaged()
            close()
        }
        return fault
    }
}
