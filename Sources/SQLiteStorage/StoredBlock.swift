import FoundationEssentials
import GRDB
import StoragePorts

/// A row of the table `call_block`, which may say anything where the file is damaged.
struct StoredBlock {
    /// Its name.
    let id: Int64
    /// The latest time of a call, as the row has it.
    let last: Int64
    /// The calls.
    let calls: CallBlock

    /// Reads a row with `id`, `last` and `body`.
    ///
    /// - Throws: ``DamagedCalls``.
    init(_ row: Row) throws {
        // Asked for as what they should be, values of another kind would end the process.
        let id = Int64.fromDatabaseValue(row["id"] as DatabaseValue) ?? 0
        guard let last = Int64.fromDatabaseValue(row["last"] as DatabaseValue),
            let body = Data.fromDatabaseValue(row["body"] as DatabaseValue), let calls = try? CallBlock([UInt8](body))
        else { throw DamagedCalls(block: id) }
        self.id = id
        self.last = last
        self.calls = calls
    }

    /// What `body` reads of the calls.
    ///
    /// - Throws: ``DamagedCalls`` in place of what the block says.
    func reading<Value>(_ body: (CallBlock) throws(DamagedBlock) -> Value) throws -> Value {
        do throws(DamagedBlock) {
            return try body(calls)
        } catch {
            throw DamagedCalls(block: id)
        }
    }
}
