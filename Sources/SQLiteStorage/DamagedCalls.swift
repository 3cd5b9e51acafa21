/// A block of calls cannot be read: the file is sound for SQLite, but its bytes are not what was packed.
struct DamagedCalls: Error {
    /// The block's name.
    let block: Int64
}
