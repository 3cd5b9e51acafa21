import Crypto

/// SHA-256 over named values, each preceded by its name and length, so that no two lists of values run together.
struct LabelledHash {
    private var hash = SHA256()

    /// Adds a value under a name.
    mutating func add(_ name: String, _ value: some Collection<UInt8>) {
        hash.update(data: Array("\(name):\(value.count):".utf8))
        hash.update(data: Array(value))
    }

    /// The 32 bytes.
    var finished: [UInt8] { Array(hash.finalize()) }
}
